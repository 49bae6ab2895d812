'use strict';
// The page asks for one summary a second and writes only what changed, so that rows keep their
// place, focus and selection.

const LIVE_MS = 1000, HIDDEN_MS = 5000, LOST_MS = 2000, SPARK = 60, SAY_MS = 5000;
const $ = id => document.getElementById(id);
const search = new URLSearchParams(location.search);
const view = {
  window: search.get('window') ?? '60', state: search.get('state') ?? '', q: search.get('q') ?? '',
  paused: false, last: null, lostAt: 0, over: null, saidAt: 0, said: '',
};
const spark = { cpu: [], memory: [], store: [] };
let timer = 0, asking = null;

// ---- words and numbers -------------------------------------------------------------------------

function time(ns) {
  if (ns <= 0) return '0 ms';
  const s = ns / 1e9;
  if (s < 1e-3) return digits(s * 1e6) + ' µs';
  if (s < 0.1) return digits(s * 1e3) + ' ms';
  if (s < 60) return (s < 10 ? s.toFixed(2) : s.toFixed(1)) + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min ' + String(Math.floor(s % 60)).padStart(2, '0') + ' s';
  return Math.floor(s / 3600) + ' h ' + String(Math.floor(s % 3600 / 60)).padStart(2, '0') + ' min';
}
const digits = x => x < 10 ? x.toFixed(1) : x.toFixed(0);
function bytes(n) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let u = 0;
  while (n >= 999.5 && u < 4) { n /= 1000; u++; }
  return (u === 0 || n >= 100 ? n.toFixed(0) : n.toFixed(1)) + ' ' + units[u];
}
const percent = share => Math.round(100 * share) + ' %';
const count = n => n.toLocaleString('en');
const plural = (n, word) => count(n) + ' ' + word + (n === 1 ? '' : 's');
const clock = ms => new Date(ms).toTimeString().slice(0, 8);
const amount = n => Number.isInteger(n) ? count(n) : n.toFixed(2).replace(/0+$/, '');

// ---- writing to the page -----------------------------------------------------------------------

function text(node, value) { if (node.textContent !== value) node.textContent = value; }
function attr(node, name, value) { if (node.getAttribute(name) !== value) node.setAttribute(name, value); }
function style(node, name, value) { if (node.style[name] !== value) node.style[name] = value; }
function element(name, className) { const e = document.createElement(name); if (className) e.className = className; return e; }

/** Makes the children those of the items, in order, one node for a key for as long as it is there. */
function keyed(parent, items, key, create, update) {
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
function cells(columns) {
  const row = element('tr');
  for (const c of columns) row.append(element('td', c));
  return row;
}
function state(cell, word) {
  if (cell.dataset.state === word) return;
  cell.dataset.state = word;
  cell.replaceChildren(element('s', 'g ' + word), word);
}

// ---- the parts ---------------------------------------------------------------------------------

function card(id, big, small, sub, share) {
  const node = $(id);
  text(node.querySelector('.big b'), big);
  text(node.querySelector('.big small'), small);
  text(node.querySelector('.sub'), sub || '\u00a0');
  if (share === undefined) return;
  const meter = node.querySelector('.meter'), whole = Math.round(100 * Math.min(1, share));
  attr(meter, 'aria-valuenow', String(whole));
  meter.classList.toggle('full', id !== 'cpu' && share > 0.9);
  style(meter.firstElementChild, 'width', whole + '%');
  const line = spark[id];
  line.push(Math.min(1, share));
  if (line.length > SPARK) line.shift();
  const points = line.map((y, i) => `${(100 - (line.length - 1 - i) * 100 / (SPARK - 1)).toFixed(1)},${(28 - 26 * y).toFixed(1)}`);
  attr(node.querySelector('polyline'), 'points', points.join(' '));
  const from = points[0].split(',')[0];
  attr(node.querySelector('polygon'), 'points', `${from},30 ${points.join(' ')} 100,30`);
}
function cards(s) {
  const [slots, allSlots] = s.resources.CPU ?? [0, 0];
  card('cpu', amount(slots), `of ${amount(allSlots)} busy`, `host ${percent(s.machine.load)} of ${plural(s.machine.processors, 'core')}`, allSlots ? slots / allSlots : 0);
  card('memory', bytes(s.machine.used), 'of ' + bytes(s.machine.total), 'workers ' + bytes(s.machine.workers), s.machine.used / Math.max(1, s.machine.total));
  const store = (s.resources.object_store_memory ?? [0, 0])[1];
  card('store', bytes(s.storedBytes), store ? 'of ' + bytes(store) : '', 'held by the driver', store ? s.storedBytes / store : 0);
  const t = s.tasks, done = t.finished + t.failed + t.cancelled;
  const left = t.leftNs >= 0 && t.running + t.queued > 0 ? `, about ${time(t.leftNs)} left` : '';
  card('total', count(done), `of ${count(t.total)} done${left}`,
    t.total ? `all runs ${time(t.ranNs)}, of it CPU ${percent(t.ranNs ? Math.min(1, t.cpuNs / t.ranNs) : 0)}` : 'none so far');
  const words = ['finished', 'running', 'queued', 'failed', 'cancelled'];
  const stack = $('total').querySelector('.stack');
  attr(stack, 'aria-label', words.map(w => t[w] + ' ' + w).join(', '));
  words.forEach((w, i) => {
    style(stack.children[i], 'width', t.total ? 100 * t[w] / t.total + '%' : '0');
    text($('total').querySelectorAll('.legend b')[i], count(t[w]));
  });
}
function lanes(s) {
  const t = s.timeline, span = Math.max(1, t.to - t.from);
  keyed($('lanes'), t.lanes, lane => lane.pid, () => {
    const node = element('div', 'lane'), label = element('div', 'lbl');
    label.append(element('span'), element('small'));
    const track = element('div', 'track');
    track.setAttribute('role', 'img');
    node.append(label, track);
    return node;
  }, (node, lane) => {
    const [label, track] = node.children;
    text(label.firstChild, 'worker ' + lane.pid);
    text(label.lastChild, `${percent(lane.busy)} busy, CPU ${time(lane.cpuNs)}`);
    attr(track, 'aria-label', `worker ${lane.pid}: ${plural(lane.bars.reduce((n, b) => n + b.tasks, 0), 'task')}, ${percent(lane.busy)} busy`);
    keyed(track, lane.bars, b => b.id, () => {
      const bar = element('span');
      bar.append(element('u'), element('i'), element('b'));
      return bar;
    }, (bar, b) => {
      const left = 100 * (b.from - t.from) / span, width = 100 * (b.to - b.from) / span;
      attr(bar, 'class', 'bar ' + b.state);
      style(bar, 'left', left.toFixed(2) + '%');
      style(bar, 'width', `max(2px, calc(${width.toFixed(2)}% - 1px))`);
      style(bar.children[1], 'height', Math.max(2, Math.round(100 * b.cpu)) + '%');
      const ran = time((b.to - b.from) * 1e6), name = b.tasks > 1 ? plural(b.tasks, 'task') : b.function;
      attr(bar, 'title', `${name}: ${b.state}, ran ${ran}, CPU ${percent(b.cpu)}`);
      text(bar.lastChild, width > 6 ? (b.state === 'failed' ? '✕ ' : '') + name : b.state === 'failed' && width > 1.5 ? '✕' : '');
      bar.lastChild.classList.toggle('on', b.cpu > 0.35);
    });
  });
  if (t.lanesLeftOut) text($('timelineTitle'), `Timeline (${plural(t.lanesLeftOut, 'more worker')} not shown)`); else text($('timelineTitle'), 'Timeline');
  const narrow = innerWidth < 620, steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600];
  const step = steps.find(x => x * 1000 >= span / (narrow ? 3 : 7)) ?? 86400;
  const ago = s.now - t.to < 1500 ? 'now' : clock(t.to), ticks = [];
  for (let back = step; back * 1000 < span * 0.97; back += step) ticks.push({ at: 100 - back * 100000 / span, label: '−' + time(back * 1e9).replace(/\.0+(?= s)/, '') });
  ticks.push({ at: 100, label: ago });
  keyed($('ticks'), ticks, k => k.label, () => element('span'), (node, k) => {
    text(node, k.label);
    node.classList.toggle('last', k.at === 100);
    style(node, 'left', k.at.toFixed(1) + '%');
  });
}
function rows(s) {
  keyed($('rows'), s.rows, r => r.id, () => cells(['', '', 'mono', '', 'n', 'n', 'n', 'n', 'n', '']), (row, r) => {
    const c = row.children;
    state(c[0], r.state);
    text(c[1], r.function);
    text(c[2], r.id.slice(0, 8));
    attr(c[2], 'title', r.id);
    text(c[3], r.cell ?? '–');
    text(c[4], r.worker ? String(r.worker) : '–');
    text(c[5], time(r.queuedNs));
    text(c[6], r.ranNs ? time(r.ranNs) : '–');
    text(c[7], r.ranNs ? time(r.cpuNs) : '–');
    text(c[8], String(r.attempt));
    c[9].className = r.error ? 'err' : '';
    text(c[9], r.error ?? (r.resultBytes ? bytes(r.resultBytes) : ''));
    attr(c[9], 'title', r.error ?? '');
  });
  const counts = { '': s.tasks.total, running: s.tasks.running, queued: s.tasks.queued, failed: s.tasks.failed, cancelled: s.tasks.cancelled };
  document.querySelectorAll('[data-state] b').forEach(b => text(b, count(counts[b.parentNode.dataset.state])));
  $('none').hidden = s.rows.length > 0 || !(view.state || view.q);
  text($('none').firstElementChild, view.q ? `No ${view.state} task has “${view.q}” in it.`.replace('No  ', 'No ') : `No ${view.state} tasks.`);
  const hidden = s.rowsMatching - s.rows.length, parts = [];
  if (hidden > 0) parts.push(`${plural(hidden, 'more task')} not shown`);
  if (s.tasks.dropped) parts.push(`${plural(s.tasks.dropped, 'older task')} dropped`);
  text($('more'), parts.join(' · '));
}
function workers(s) {
  keyed($('workerRows'), s.workers, w => w.id, () => cells(['', '', '', 'n', 'n', 'n', 'n', 'n']), (row, w) => {
    const c = row.children;
    text(c[0], String(w.pid));
    state(c[1], w.state);
    text(c[2], w.state === 'dead' ? w.exit ?? '' : w.task ?? '–');
    text(c[3], count(w.tasks));
    text(c[4], percent(w.busy));
    text(c[5], w.cpuNs ? time(w.cpuNs) : '–');
    text(c[6], w.memory ? bytes(w.memory) : '–');
    text(c[7], time(w.upNs));
  });
  text($('moreWorkers'), s.workersLeftOut ? `${plural(s.workersLeftOut, 'more worker')} not shown` : '');
}
function say(s) {
  const t = s.tasks, line = t.total ? `${t.finished + t.failed + t.cancelled} of ${t.total} done` + (t.failed ? `, ${t.failed} failed` : '') + (t.cancelled ? `, ${t.cancelled} cancelled` : '') : '';
  if (line !== view.said && s.now - view.saidAt > SAY_MS) {
    view.said = line;
    view.saidAt = s.now;
    text($('said'), line);
  }
}
function show(s) {
  const nothing = s.tasks.total === 0 && s.tasks.dropped === 0;
  $('empty').hidden = !nothing;
  $('timeline').hidden = $('tasks').hidden = nothing;
  text($('session'), `${s.session}, driver pid ${s.driverPid}`);
  text($('about'), `RayShell ${s.version} · Java ${s.java} · up ${time((s.now - s.startedAt) * 1e6)} · JSON in Ray's shapes at /api/v0/tasks, /api/cluster_status`);
  cards(s);
  if (!nothing) { lanes(s); rows(s); }
  workers(s);
  say(s);
}
function status() {
  const lost = view.lostAt && !view.over;
  document.body.className = (view.over ? 'is-over' : lost ? 'is-lost' : view.last && !view.paused ? 'is-live' : '') + (view.over || lost ? ' stale' : '');
  text($('liveWord'), view.over ? 'Stopped' : lost ? 'No contact' : view.paused ? 'Paused' : view.last ? 'Live' : 'Connecting');
  text($('liveTime'), !view.last ? '' : lost ? ' since ' + clock(view.last.now) : view.over ? '' : ', ' + clock(view.last.now));
  const banner = $('banner');
  banner.hidden = !(lost || view.over);
  banner.className = view.over ? 'banner over' : 'banner';
  text($('bannerGlyph'), view.over ? '■' : '◷');
  $('again').hidden = Boolean(view.over);
  if (view.over) {
    const o = view.over;
    text($('bannerText'), `Ray was shut down at ${clock(o.at)}. ${plural(o.tasks, 'task')} ran in this session` + (o.failed ? `, ${count(o.failed)} failed` : '') + '. Ray.init() in the notebook starts it again.');
  } else if (lost) {
    text($('bannerText'), view.refused ?? (view.last ? `No answer since ${clock(view.last.now)}. Trying again every 2 s; the figures below are from then.` : 'No answer yet. Trying again every 2 s.'));
  }
}

// ---- asking ------------------------------------------------------------------------------------

async function ask() {
  clearTimeout(timer);
  asking?.abort();
  const mine = asking = new AbortController();
  const patience = setTimeout(() => mine.abort(), 10000);
  try {
    const query = new URLSearchParams({ window: view.window, state: view.state, q: view.q });
    const answer = await fetch('api/v1/summary?' + query, { signal: mine.signal });
    const body = await answer.json();
    if (mine !== asking) return;
    if (!answer.ok) throw new Error(body.error?.message);
    if (view.last && view.last.session !== body.session) Object.values(spark).forEach(line => line.length = 0);
    const back = !view.last || view.lostAt || view.over;
    view.last = body;
    view.lostAt = 0;
    view.over = view.refused = null;
    show(body);
    if (back) waitForEnd();
  } catch (e) {
    if (mine !== asking) return;
    view.lostAt ||= Date.now();
    view.refused = e instanceof Error && e.name === 'Error' ? e.message : null;
  } finally {
    clearTimeout(patience);
    if (mine === asking) {
      status();
      later();
    }
  }
}
function later() {
  clearTimeout(timer);
  if (!view.paused) timer = setTimeout(ask, document.hidden ? HIDDEN_MS : view.lostAt || view.over ? LOST_MS : LIVE_MS);
}
let waiting = false;
/** One request stays open for the session's life: its answer is the news of the end. */
async function waitForEnd() {
  if (waiting) return;
  waiting = true;
  try {
    const news = await (await fetch('api/v1/end')).json();
    if (news.ended) {
      view.over = news;
      status();
    }
  } catch {
    // the polling notices
  } finally {
    waiting = false;
  }
}

// ---- what people do ----------------------------------------------------------------------------

function choose(what, value) {
  view[what] = value;
  const url = new URL(location);
  url.searchParams.delete('token'); // a cookie keeps it; it need not stay in the address bar
  for (const k of ['window', 'state', 'q']) view[k] && !(k === 'window' && view[k] === '60') ? url.searchParams.set(k, view[k]) : url.searchParams.delete(k);
  history.replaceState(null, '', url);
  document.querySelectorAll('[data-window]').forEach(b => attr(b, 'aria-pressed', String(b.dataset.window === view.window)));
  document.querySelectorAll('[data-state]').forEach(b => b.tagName === 'BUTTON' && attr(b, 'aria-pressed', String(b.dataset.state === view.state)));
  if (document.activeElement !== $('filter')) $('filter').value = view.q;
  ask();
}
document.querySelectorAll('[data-window]').forEach(b => b.addEventListener('click', () => choose('window', b.dataset.window)));
document.querySelectorAll('button[data-state]').forEach(b => b.addEventListener('click', () => choose('state', b.dataset.state)));
$('filter').addEventListener('input', e => choose('q', e.target.value.trim()));
$('clear').addEventListener('click', () => { view.state = ''; choose('q', ''); });
$('again').addEventListener('click', ask);
$('pause').addEventListener('click', () => {
  view.paused = !view.paused;
  attr($('pause'), 'aria-pressed', String(view.paused));
  text($('pause'), view.paused ? 'Go on' : 'Pause');
  status();
  if (view.paused) clearTimeout(timer); else ask();
});
$('copy').addEventListener('click', () => navigator.clipboard?.writeText($('sample').textContent).then(() => text($('copy'), 'Copied')));
document.addEventListener('visibilitychange', () => document.hidden ? later() : view.paused || ask());
document.addEventListener('keydown', e => {
  if (e.key === '/' && !/INPUT|TEXTAREA/.test(document.activeElement.tagName)) {
    e.preventDefault();
    $('filter').focus();
  } else if (e.key === 'Escape' && document.activeElement === $('filter')) {
    $('filter').value = '';
    choose('q', '');
  }
});
choose('window', view.window);
