// One task.
import { $, element, keyed, link, show, state, text } from './dom.js';
import { bytes, clock, ofCell, short, time } from './format.js';
import { list } from './live.js';
import { go, inNotebook, path, route } from './route.js';

let shown = '';

/** Shows the task of the address in the split of that page, or nothing; opening takes the focus. */
export async function drawer(split) {
  const { id } = route(), node = $('drawer');
  if (split && node.parentNode !== split) split.append(node);
  if (!split || !id) {
    show(node, false);
    shown = '';
    return;
  }
  const task = await list('drawer', 'api/v1/tasks/' + encodeURIComponent(id));
  if (!task || task.lost || route().id !== id) return;
  fill(task);
  show(node, true);
  if (shown !== id) {
    shown = id;
    node.scrollIntoView({ block: 'nearest' });
    $('drawerTitle').focus({ preventScroll: true });
  }
}

/** Closes it, and gives the focus back to its row. */
export function closeDrawer(table) {
  const { id } = route();
  if (!id) return false;
  go(path({}, { id: '' }));
  table?.focus(id);
  return true;
}

function fill(task) {
  if (task.error?.code) {
    text('drawerTitle', 'No such task');
    keyed($('detail'), [task.error.message], m => m, () => element('p', 'sub'), (node, m) => text(node, m));
    return;
  }
  const title = $('drawerTitle');
  if (!title.firstElementChild) title.replaceChildren(element('span'), document.createTextNode(' '), element('span'));
  state(title.firstElementChild, task.state);
  text(title.lastElementChild, task.function);
  const parts = [
    ['facts', facts(task)],
    ['tries', task.attempts.length > 1 ? task.attempts.map(a => [String(a.number), a.worker ? `worker ${a.worker}, ran ${time(a.ranNs)}${a.error ? ': ' + a.error : ''}` : a.error ?? '']) : null, 'Attempts'],
    ['stack', task.stack ?? task.error, 'Error'],
    ['output', task.output.length ? task.output.map(l => l.text).join('\n') : null, 'Last output'],
  ].filter(([, content]) => content);
  keyed($('detail'), parts, ([name]) => name, ([name, content, heading]) => {
    const part = element('div');
    if (heading) part.append(element('h3', '', heading));
    const inner = element(Array.isArray(content) ? 'dl' : 'pre');
    if (!Array.isArray(content)) inner.tabIndex = 0;
    part.append(inner);
    if (name === 'output') part.append(link('logs?task=' + task.id, 'All its lines'));
    return part;
  }, (part, [name, content]) => {
    const inner = part.querySelector('dl, pre');
    if (!Array.isArray(content)) text(inner, content);
    else keyed(inner, content, ([label]) => label, ([label]) => {
      const line = element('div');
      line.append(element('dt', '', label), element('dd'));
      return line;
    }, (line, [, value]) => {
      const dd = line.lastChild;
      if (typeof value === 'string') text(dd, value);
      else if (dd.textContent !== value.textContent) dd.replaceChildren(value);
    });
    const more = part.querySelector('a');
    if (more) more.setAttribute('href', 'logs?task=' + task.id);
  });
}

function facts(task) {
  const cell = task.cell && link(ofCell(task.cell), task.cell), open = inNotebook(task.cellPage), notebook = link(open, task.cell + ' ↗');
  notebook.target = 'cell';
  return [
    ['object', task.object],
    ['submitted by', task.parent ? link('tasks/' + task.parent, 'task ' + short(task.parent) + (task.cell ? ' of ' + task.cell : '')) : cell || 'the program'],
    open && ['notebook', notebook],
    ['at', clock(task.submittedAt)],
    ['worker', task.worker ? link('logs?worker=' + task.worker, String(task.worker)) : '–'],
    ['attempts', `${task.attempt} of ${task.maxRetries < 0 ? '∞' : task.maxRetries + 1}`],
    ['queued', time(task.queuedNs)],
    ['ran', task.ranNs ? `${time(task.ranNs)}, CPU ${time(task.cpuNs)}` : '–'],
    task.arguments.length && ['arguments', task.arguments.join(', ')],
    (task.result || task.resultBytes > 0) && ['result', [task.result, task.resultBytes && bytes(task.resultBytes)].filter(Boolean).join(', ')],
  ].filter(Boolean);
}
