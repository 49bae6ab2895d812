package org.rayshell.kernel.widget;

/** How something looks, beside its kind: its layout or its style. Thread-safe. */
final class Look extends Model {
  private Look(String module, String model, String view) {
    super(module, VERSION, model, view);
  }

  /** Sizes and margins. */
  static Look layout() {
    return new Look("@jupyter-widgets/base", "LayoutModel", "LayoutView");
  }

  /** The label beside a control. */
  static Look label() {
    Look style = new Look(CONTROLS, "DescriptionStyleModel", "StyleView");
    style.set("_view_module", "@jupyter-widgets/base");
    return style;
  }
}
