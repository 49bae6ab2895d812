package org.rayshell.kernel.display.table;

/**
 * What makes a table's headings sort its rows, by a click or by Enter and the space bar: attributes
 * alone, with the order by each column. A front end that trusts no scripts drops them all, the
 * headings' being buttons too, and the table is what it is without: none promises what it cannot
 * do. Nothing of the values is in a script. Without state.
 */
final class SortByClick {
  /**
   * A click on a heading sorts up, the next one down, the third puts the rows back; the rows that
   * open below take part.
   */
  private static final String SORT =
      """
      const head=event.target.closest('th');
      if(head?.dataset.order){
      const tables=[...this.querySelectorAll('table')],heads=tables.map(t=>t.rows[0].cells),\
      at=head.cellIndex,was=heads[0][at].ariaSort,\
      rows=this.rows=this.rows||tables.flatMap(t=>[...t.tBodies[0].rows]),\
      sizes=tables.map(t=>t.tBodies[0].rows.length),\
      parts=head.dataset.order.split(';').map(p=>p.split(' ').filter(i=>rows[i])),\
      to=was=='ascending'?'descending':was=='descending'?null:'ascending',\
      order=to?[...(to=='ascending'?parts[0]:parts[0].reverse()),...parts[1]]:[...rows.keys()];
      let from=0;
      tables.forEach((t,n)=>t.tBodies[0]\
      .replaceChildren(...order.slice(from,from+=sizes[n]).map(i=>rows[i])));
      for(const each of heads){for(const th of each){\
      th.ariaSort=null;th.querySelector('small')?.remove()}
      if(to){each[at].ariaSort=to;const sign=document.createElement('small');\
      sign.ariaHidden=true;\
      sign.textContent=to=='ascending'?' ▲':' ▼';each[at].append(sign)}}
      if(this.dataset.part){let note=this.nextSibling.querySelector('b');\
      if(!note){note=document.createElement('b');this.nextSibling.prepend(note)}
      note.textContent=to?this.dataset.part:''}}\
      """
          .replace("\n", "");

  private static final String SHOW =
      "const head=event.target.closest('th');"
          + "if(head?.dataset.order){head.style.cursor='pointer';head.title='sorts the rows'}";

  /** As the browser does for buttons; the space bar would scroll. */
  private static final String PRESS =
      "if(event.target.matches('[role=button]')&&(event.key=='Enter'||event.key==' '))"
          + "{event.preventDefault();event.stopPropagation();event.target.click()}";

  /** Who clicks has the focus where it was: in the notebook, whose keys go on working. */
  private static final String HOLD =
      "if(event.target.matches('[role=button]')){event.preventDefault()}";

  /** JupyterLab would take Enter for its own, and edit the cell. */
  private static final String BUTTON =
      "<span role=\"button\" tabindex=\"0\" data-lm-suppress-shortcuts=\"true\">";

  private static final String HANDLERS =
      on("click", SORT) + on("mouseover", SHOW) + on("mousedown", HOLD) + on("keydown", PRESS);

  private static final String PART =
      " data-part=\"Only the rows that are shown are sorted; table(…).sortBy(…) sorts all. \"";

  /** About how many characters the handlers have. */
  static final int CHARS = HANDLERS.length() + PART.length();

  private SortByClick() {}

  private static String on(String event, String script) {
    return " on" + event + "=\"" + script.replace("&", "&amp;") + "\"";
  }

  /**
   * What is in a heading that sorts.
   *
   * @param name of the column, escaped
   */
  static String button(String name) {
    return BUTTON + name + "</span>";
  }

  /**
   * The handlers, for the element around the tables, before the one of the foot.
   *
   * @param part whether there are rows which are not shown, and so stay where they are
   */
  static String handlers(boolean part) {
    return part ? HANDLERS + PART : HANDLERS;
  }

  /** The heading with the order by its column. */
  static String heading(String th, Column column) {
    return th.replaceFirst("<th ", "<th data-order=\"" + column.order() + "\" ");
  }
}
