// A table whose rows keep their place, headers sort, rows take arrows and Enter.
import { attr, button, element, keyed, text } from './dom.js';

/** What fills a cell or returns its text; `sort` is the column's name there. */
export const column = (label, fill, sort, className) => ({ label, fill, sort, className });
export const number = (label, fill, sort) => ({ label, sort, number: true, fill: (c, row) => fill(row) });

export class Table {
  constructor(node, columns, { key = row => row.id, sort, open } = {}) {
    const table = element('table');
    node.append(table);
    node.tabIndex = 0;
    node.role = 'region';
    table.ariaLabel = node.ariaLabel;
    this.head = table.createTHead();
    this.body = table.createTBody();
    this.columns = columns;
    this.key = key;
    this.open = open;
    const line = element('tr');
    for (const c of columns) {
      const th = element('th', c.number ? 'n' : '');
      th.scope = 'col';
      if (c.sort && sort) {
        const first = (c.number ? '-' : '') + c.sort, second = (c.number ? '' : '-') + c.sort;
        th.append(button(c.label, () => sort(this.sorted === first ? second : first), 'sort'));
      } else {
        th.textContent = c.label;
      }
      line.append(th);
    }
    this.head.replaceChildren(line);
    if (open) {
      this.body.addEventListener('click', e => {
        const row = e.target.closest('tr');
        if (row && !e.target.closest('a') && !getSelection().toString()) open(row.dataset.key);
      });
      this.body.addEventListener('keydown', e => this.pressed(e));
    }
  }

  pressed(e) {
    const row = e.target.closest('tr');
    if (!row || e.target !== row) return;
    const to = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling, Home: this.body.firstElementChild, End: this.body.lastElementChild }[e.key];
    if (to) {
      e.preventDefault();
      to.focus();
    } else if (e.key === 'Enter') {
      this.open(row.dataset.key);
    }
  }

  /** Gives the focus to the row, or to the first. */
  focus(key) {
    const row = [...this.body.children].find(each => each.dataset.key === key) ?? this.body.firstElementChild;
    row?.focus();
  }

  fill(rows, { sort = '', marked = '' } = {}) {
    this.sorted = sort;
    const name = sort.replace('-', '');
    this.columns.forEach((c, i) => {
      const th = this.head.rows[0].cells[i];
      if (c.sort && c.sort === name) attr(th, 'aria-sort', sort.startsWith('-') ? 'descending' : 'ascending');
      else th.removeAttribute('aria-sort');
    });
    keyed(this.body, rows, this.key, () => {
      const row = element('tr');
      for (const c of this.columns) row.append(element(row.firstChild ? 'td' : 'th', (c.number ? 'n ' : '') + (c.className ?? '')));
      row.firstChild.scope = 'row';
      if (this.open) row.tabIndex = -1;
      return row;
    }, (row, item) => {
      this.columns.forEach((c, i) => {
        const filled = c.fill(row.cells[i], item);
        if (filled !== undefined) text(row.cells[i], filled);
      });
      row.classList.toggle('mark', row.dataset.key === marked);
    });
    if (this.open && this.body.firstElementChild && !this.body.querySelector('tr[tabindex="0"]')) this.body.firstElementChild.tabIndex = 0;
  }
}
