package org.rayshell.kernel.display.table;

/**
 * What makes a table's headings sort its rows: attributes alone, with the order by each column. A
 * front end that trusts no scripts drops them, and the table is what it is without. Only there do
 * headings get what shows that they can be clicked, so that none promises what it cannot do.
 * Nothing of the values is in a script. Without state.
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
      th.ariaSort=null;th.querySelector('span')?.remove()}
      if(to){each[at].ariaSort=to;const sign=document.createElement('span');\
      sign.textContent=to=='ascending'?' ▲':' ▼';each[at].append(sign)}}
      if(this.dataset.part){let note=this.nextSibling.querySelector('b');\
      if(!note){note=document.createElement('b');this.nextSibling.prepend(note)}
      note.textContent=to?this.dataset.part:''}}\
      """
          .replace("\n", "");

  private static final String SHOW =
      "const head=event.target.closest('th');"
          + "if(head?.dataset.order){head.style.cursor='pointer';head.title='sort by a click'}";

  private static final String HANDLERS =
      " onclick=\"" + SORT.replace("&", "&amp;") + "\" onmouseover=\"" + SHOW + "\"";

  private static final String PART =
      " data-part=\"Only the rows that are shown are sorted; table(…).sortBy(…) sorts all. \"";

  /** About how many characters the handlers have. */
  static final int CHARS = HANDLERS.length() + PART.length();

  private SortByClick() {}

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
    return column.order().isEmpty()
        ? th
        : th.replaceFirst("<th ", "<th data-order=\"" + column.order() + "\" ");
  }
}
