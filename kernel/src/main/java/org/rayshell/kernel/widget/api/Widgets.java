package org.rayshell.kernel.widget.api;

import java.util.List;
import org.rayshell.kernel.widget.Block;
import org.rayshell.kernel.widget.Box;
import org.rayshell.kernel.widget.Button;
import org.rayshell.kernel.widget.Choice;
import org.rayshell.kernel.widget.ColorPicker;
import org.rayshell.kernel.widget.Control;
import org.rayshell.kernel.widget.DatePicker;
import org.rayshell.kernel.widget.FloatField;
import org.rayshell.kernel.widget.FloatRangeSlider;
import org.rayshell.kernel.widget.FloatSlider;
import org.rayshell.kernel.widget.IntField;
import org.rayshell.kernel.widget.IntRangeSlider;
import org.rayshell.kernel.widget.IntSlider;
import org.rayshell.kernel.widget.Interaction;
import org.rayshell.kernel.widget.Label;
import org.rayshell.kernel.widget.Links;
import org.rayshell.kernel.widget.Output;
import org.rayshell.kernel.widget.Picture;
import org.rayshell.kernel.widget.Progress;
import org.rayshell.kernel.widget.TablePages;
import org.rayshell.kernel.widget.TextField;
import org.rayshell.kernel.widget.Toggle;
import org.rayshell.kernel.widget.Widget;

/**
 * Makes widgets: {@code Widgets.intSlider(0, 100).value(10).label("n")} as a cell's last line shows
 * a slider. Without state.
 */
public final class Widgets {
  private Widgets() {}

  /** A slider for a whole number. */
  public static IntSlider intSlider(int min, int max) {
    return new IntSlider(min, max);
  }

  /** A slider for a number. */
  public static FloatSlider floatSlider(double min, double max) {
    return new FloatSlider(min, max);
  }

  /** A slider with two handles, for a range of whole numbers. */
  public static IntRangeSlider intRange(int min, int max) {
    return new IntRangeSlider(min, max);
  }

  /** A slider with two handles, for a range of numbers. */
  public static FloatRangeSlider floatRange(double min, double max) {
    return new FloatRangeSlider(min, max);
  }

  /** A field for a whole number. */
  public static IntField intText() {
    return new IntField();
  }

  /** A field for a whole number between these. */
  public static IntField intText(int min, int max) {
    return new IntField(min, max);
  }

  /** A field for a number. */
  public static FloatField floatText() {
    return new FloatField();
  }

  /** A field for a number between these. */
  public static FloatField floatText(double min, double max) {
    return new FloatField(min, max);
  }

  /** A field for a date, which begins with none. */
  public static DatePicker datePicker() {
    return new DatePicker();
  }

  /** A field for a colour, such as {@code "#1f83c4"}. */
  public static ColorPicker colorPicker(String color) {
    return new ColorPicker(color);
  }

  /**
   * A picture, which Java changes: an image, a chart, or what {@code image(…)} gives.
   *
   * @throws IllegalArgumentException if the value is shown as no picture
   */
  public static Picture image(Object value) {
    return new Picture(value);
  }

  /**
   * A table to go through, page by page, its rows sorted by the column that is chosen: of what
   * {@code table(…)} takes, or such a table.
   *
   * @throws IllegalArgumentException if the value is none of these, or can be read only once
   */
  public static Box table(Object rows) {
    return TablePages.of(rows);
  }

  /** A bar that Java moves, from 0 to that value. */
  public static Progress progress(double max) {
    return new Progress(0, max);
  }

  /** A line to type in. */
  public static TextField text() {
    return TextField.line("");
  }

  /** A line to type in, which has that text. */
  public static TextField text(String text) {
    return TextField.line(text);
  }

  /** Several lines to type in, which have that text. */
  public static TextField textarea(String text) {
    return TextField.lines(text);
  }

  /** A line that hides what is typed. */
  public static TextField password() {
    return TextField.hidden();
  }

  /** A text, with formulas between {@code $}. */
  public static Label label(String text) {
    return Label.plain(text);
  }

  /** HTML; escape what is not yours. */
  public static Label html(String html) {
    return Label.html(html);
  }

  /** A check box. */
  public static Toggle checkbox(String label) {
    return Toggle.checkbox(label);
  }

  /** A button that stays down. */
  public static Toggle toggleButton(String label) {
    return Toggle.button(label);
  }

  /** A button; {@code onClick} says what for. */
  public static Button button(String label) {
    return new Button(label);
  }

  /** A choice by a list that drops down. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T> Choice<T> dropdown(T... options) {
    return Choice.dropdown(List.of(options));
  }

  /** A choice by a list that drops down. */
  public static <T> Choice<T> dropdown(List<T> options) {
    return Choice.dropdown(options);
  }

  /** A choice by a list that is open. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T> Choice<T> select(T... options) {
    return Choice.list(List.of(options));
  }

  /** A choice by a list that is open. */
  public static <T> Choice<T> select(List<T> options) {
    return Choice.list(options);
  }

  /** A choice by radio buttons. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T> Choice<T> radioButtons(T... options) {
    return Choice.radio(List.of(options));
  }

  /** A choice by radio buttons. */
  public static <T> Choice<T> radioButtons(List<T> options) {
    return Choice.radio(options);
  }

  /** A choice by buttons of which one is down. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public static <T> Choice<T> toggleButtons(T... options) {
    return Choice.buttons(List.of(options));
  }

  /** A choice by buttons of which one is down. */
  public static <T> Choice<T> toggleButtons(List<T> options) {
    return Choice.buttons(options);
  }

  /** A place for what blocks print and display. */
  public static Output output() {
    return new Output();
  }

  /** A place for what this block prints and displays. */
  public static <E extends Exception> Output output(Block<E> block) throws E {
    return new Output().capture(block);
  }

  /** Widgets beside each other. */
  public static Box hbox(Widget<?>... children) {
    return Box.row(List.of(children));
  }

  /** Widgets below each other. */
  public static Box vbox(Widget<?>... children) {
    return Box.column(List.of(children));
  }

  /** Widgets behind tabs; {@code titles} names them. */
  public static Box tabs(Widget<?>... children) {
    return Box.tabs(List.of(children));
  }

  /** Widgets that open below their titles; {@code titles} names them. */
  public static Box accordion(Widget<?>... children) {
    return Box.accordion(List.of(children));
  }

  /** Keeps the values of two controls the same; the second one gets the first one's now. */
  public static <V> void link(Control<V, ?> one, Control<V, ?> other) {
    Links.link(one, other);
  }

  /**
   * Shows the control with the function's value below it, anew whenever the control changes. What
   * changes while the function is at work makes it run once more, with the latest value. What it
   * prints and displays appears there, too, and what it throws. A null is not shown.
   */
  public static <A> Box interact(Control<A, ?> a, Of1<? super A> function) {
    return Interaction.of(List.of(a), () -> function.of(a.value()));
  }

  /** As with one control. */
  public static <A, B> Box interact(
      Control<A, ?> a, Control<B, ?> b, Of2<? super A, ? super B> function) {
    return Interaction.of(List.of(a, b), () -> function.of(a.value(), b.value()));
  }

  /** As with one control. */
  public static <A, B, C> Box interact(
      Control<A, ?> a,
      Control<B, ?> b,
      Control<C, ?> c,
      Of3<? super A, ? super B, ? super C> function) {
    return Interaction.of(List.of(a, b, c), () -> function.of(a.value(), b.value(), c.value()));
  }

  /** As with one control. */
  public static <A, B, C, D> Box interact(
      Control<A, ?> a,
      Control<B, ?> b,
      Control<C, ?> c,
      Control<D, ?> d,
      Of4<? super A, ? super B, ? super C, ? super D> function) {
    return Interaction.of(
        List.of(a, b, c, d), () -> function.of(a.value(), b.value(), c.value(), d.value()));
  }

  /**
   * A function of a control's value.
   *
   * @param <A> the value
   */
  @FunctionalInterface
  public interface Of1<A> {
    /** What is to be shown. */
    Object of(A a) throws Exception;
  }

  /**
   * A function of two controls' values.
   *
   * @param <A> the first value
   * @param <B> the second value
   */
  @FunctionalInterface
  public interface Of2<A, B> {
    /** What is to be shown. */
    Object of(A a, B b) throws Exception;
  }

  /**
   * A function of three controls' values.
   *
   * @param <A> the first value
   * @param <B> the second value
   * @param <C> the third value
   */
  @FunctionalInterface
  public interface Of3<A, B, C> {
    /** What is to be shown. */
    Object of(A a, B b, C c) throws Exception;
  }

  /**
   * A function of four controls' values.
   *
   * @param <A> the first value
   * @param <B> the second value
   * @param <C> the third value
   * @param <D> the fourth value
   */
  @FunctionalInterface
  public interface Of4<A, B, C, D> {
    /** What is to be shown. */
    Object of(A a, B b, C c, D d) throws Exception;
  }
}
