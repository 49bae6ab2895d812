// All tasks, by the hundred, or summed up by function.
import { $, attr, button, element, keyed, linked, onClick, onPress, press, show, state, text } from './dom.js';
import { bytes, count, ofCell, percent, plural, short, time } from './format.js';
import { list } from './live.js';
import { go, inNotebook, path, route } from './route.js';
import { column, number, Table } from './table.js';

const LIMIT = 100, FILTERS = ['state', 'function', 'cell', 'worker', 'q'];

export const taskColumns = [
  column('object', (c, r) => { attr(c, 'title', r.id); linked(c, 'tasks/' + r.id, short(r.id)); }, '', 'mono'),
  column('function', (c, r) => r.function, 'function', 'wide'),
  column('cell', (c, r) => { if (!r.cell) return '–'; linked(c, ofCell(r.cell), r.cell); }, 'cell'),
  column('state', (c, r) => state(c, r.state), 'state'),
  column('worker', (c, r) => String(r.worker ?? '–'), 'worker'),
  number('queued', r => time(r.queuedNs), 'queued'),
  number('ran', r => r.ranNs ? time(r.ranNs) : '–', 'ran'),
  number('CPU', r => r.ranNs ? time(r.cpuNs) : '–', 'cpu'),
  number('retries', r => r.attempt > 1 ? `${r.attempt - 1} of ${r.maxRetries < 0 ? '∞' : r.maxRetries}` : '0', 'attempt'),
  column('result', (c, r) => { c.classList.toggle('err', Boolean(r.error)); attr(c, 'title', r.error ?? ''); return r.error ?? [r.result, r.resultBytes && bytes(r.resultBytes)].filter(Boolean).join(' · '); }, 'result'),
];
const functionColumns = [
  column('function', (c, r) => linked(c, 'tasks?function=' + encodeURIComponent(r.function), r.function), 'function', 'wide'),
  number('tasks', r => count(r.total), 'total'),
  number('running', r => count(r.running)),
  number('queued', r => count(r.queued)),
  { label: 'failed', sort: 'failed', number: true, fill: (c, r) => { c.classList.toggle('err', r.failed > 0); return count(r.failed); } },
  number('median', r => r.medianNs ? time(r.medianNs) : '–', 'median'),
  number('95 %', r => r.p95Ns ? time(r.p95Ns) : '–', 'p95'),
  number('all runs', r => time(r.ranNs), 'ran'),
  number('CPU share', r => r.ranNs ? percent(r.cpuShare) : '–', 'cpu'),
];
for (const state of ['', 'running', 'queued', 'retrying', 'finished', 'failed', 'cancelled']) {
  const choice = button(state ? state[0].toUpperCase() + state.slice(1) + ' ' : 'All ', () => {});
  choice.dataset.state = state;
  choice.append(element('b'));
  $('states').append(choice);
}
const sort = to => go(path({ sort: to, cursor: '' }), { replace: true });
const table = new Table($('taskTable'), taskColumns, { sort, open: id => go(path({}, { id })) });
const functions = new Table($('functionTable'), functionColumns, { key: row => row.function, sort });

export const tasks = {
  async load() {
    const { query, id } = route(), by = query.get('by') === 'function';
    const asked = new URLSearchParams({ limit: LIMIT });
    for (const name of [...by ? [] : FILTERS, 'sort', 'cursor']) if (query.get(name)) asked.set(name, query.get(name));
    controls(query, by);
    const page = await list('tasks', `api/v1/${by ? 'functions' : 'tasks'}?${asked}`);
    if (!page || page.lost) return;
    if (page.error) return text('range', page.error.message);
    if (by) functions.fill(page.functions, { sort: query.get('sort') ?? '-ran' });
    else table.fill(page.tasks, { sort: query.get('sort') ?? '', marked: id });
    below(page, page.tasks ?? page.functions, by, query);
  },
  summary(s) {
    for (const b of $('states').children) {
      text(b.lastChild, count(s.tasks[b.dataset.state || 'total']));
      if (b.dataset.state === 'retrying') show(b, s.tasks.retrying > 0 || b.ariaPressed === 'true');
    }
  },
  table,
};

function controls(query, by) {
  show('taskTable', !by);
  show('functionTable', by);
  show('states', !by);
  show('filter', !by);
  press('by', by ? 'function' : '');
  press('state', query.get('state') ?? '');
  if (document.activeElement !== $('filter')) $('filter').value = query.get('q') ?? '';
  const chips = by ? [] : ['function', 'cell', 'worker'].filter(name => query.get(name)).map(name => ({ name, value: query.get(name) }));
  keyed($('chips'), chips, c => c.name, c => button('', () => go(path({ [c.name]: '', cursor: '' })), 'chip'), (chip, c) => text(chip, `${c.name} ${c.name === 'cell' && /^\d+$/.test(c.value) ? `In [${c.value}]` : c.value} ✕`));
}

function below(page, rows, by, query) {
  const cell = inNotebook(page.cellPage);
  show('cellPage', Boolean(cell));
  attr('cellPage', 'href', cell);
  show('noTask', !rows.length && !by);
  const kind = ['No', query.get('state'), 'tasks'].filter(Boolean).join(' ');
  text($('noTask').firstElementChild, query.get('q') ? `${kind} with “${query.get('q')}” in them` : kind);
  const parts = [];
  if (rows.length) parts.push(`${count(page.cursor + 1)}–${count(page.cursor + rows.length)} of ${count(page.matching)}`);
  if (page.dropped) parts.push(`older ones dropped: ${count(page.listed)} of ${plural(page.total, 'task')} listed`);
  else if (page.total > page.listed) parts.push(`${plural(page.total - page.listed, 'more')} in the queue`);
  text('range', parts.join(' · '));
  for (const name of ['previous', 'next']) {
    show(name, Boolean(page.next || page.previous));
    $(name).disabled = !page[name];
    $(name).dataset.cursor = page[name] === '0' ? '' : page[name] ?? '';
  }
}
for (const name of ['previous', 'next']) onClick(name, () => { go(path({ cursor: $(name).dataset.cursor })); $('tasksTitle').scrollIntoView({ block: 'nearest' }); });
onPress('by', by => go(path({ by, sort: '', cursor: '' })));
onPress('state', state => go(path({ state, cursor: '' })));
$('filter').addEventListener('input', e => go(path({ q: e.target.value.trim(), cursor: '' }), { replace: true }));
$('noTask').querySelector('button').addEventListener('click', () => { $('filter').value = ''; go(path(Object.fromEntries([...FILTERS, 'cursor'].map(name => [name, ''])))); });
