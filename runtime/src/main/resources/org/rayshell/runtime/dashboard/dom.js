// Writes only what has changed: focus, selection and place stay.

/** The element of that id, or itself. */
export const $ = id => id.nodeType ? id : document.getElementById(id);
export function text(id, value) { const node = $(id); if (node.textContent !== value) node.textContent = value; }
export function attr(id, name, value) { const node = $(id); if (node.getAttribute(name) !== value) node.setAttribute(name, value); }
export function style(node, name, value) { if (node.style[name] !== value) node.style[name] = value; }
export function show(id, on) { const node = $(id); if (node.hidden === on) node.hidden = !on; }
export function element(name, className, content) {
  const e = document.createElement(name);
  if (className) e.className = className;
  if (content !== undefined) e.textContent = content;
  return e;
}

export function button(content, action, className) {
  const b = element('button', className, content);
  b.addEventListener('click', action);
  return b;
}
export const onClick = (id, action) => $(id).addEventListener('click', action);

/** Presses the buttons whose data has the value. */
export function press(name, value) {
  document.querySelectorAll(`button[data-${name}]`).forEach(b => attr(b, 'aria-pressed', String(b.dataset[name] === value)));
}
export function onPress(name, action) {
  document.querySelectorAll(`button[data-${name}]`).forEach(b => b.addEventListener('click', () => action(b.dataset[name])));
}

/** A link within the dashboard. */
export function link(href, content, className) {
  const a = element('a', className, content);
  a.setAttribute('href', href);
  return a;
}

/** Makes the cell one link. */
export function linked(cell, href, content) {
  if (!cell.firstChild?.href) cell.replaceChildren(link(href, ''));
  attr(cell.firstChild, 'href', href);
  text(cell.firstChild, content);
}

/** Makes the children those of the items, in order, one node a key. */
export function keyed(parent, items, key, create, update) {
  const old = new Map([...parent.children].map(node => [node.dataset.key, node]));
  let next = parent.firstChild;
  for (const item of items) {
    const k = String(key(item));
    let node = old.get(k);
    if (node) old.delete(k); else { node = create(item); node.dataset.key = k; }
    if (node === next) next = next.nextSibling; else parent.insertBefore(node, next);
    update(node, item);
  }
  old.forEach(node => node.remove());
}

const GLYPHS = { finished: '✓', running: '◐', queued: '○', idle: '○', ended: '○', failed: '✕', died: '✕', cancelled: '⊘', retrying: '↻', starting: '◌', blocked: '◔' };
export function glyph(word) {
  const g = element('s', 'g ' + word, GLYPHS[word]);
  g.setAttribute('aria-hidden', 'true');
  return g;
}

/** A state, as glyph and word. */
export function state(cell, word) {
  if (cell.dataset.state === word) return;
  cell.dataset.state = word;
  cell.replaceChildren(glyph(word), word);
}
