// The frame around the pages: contact, keys, announcements.
import { $, attr, onClick, show, text } from './dom.js';
import { clock, count, plural, time } from './format.js';
import { live, pause, start, tryNow } from './live.js';
import { onRoute, go, path, route } from './route.js';
import { closeDrawer, drawer } from './drawer.js';
import { logs } from './logs.js';
import { objects } from './objects.js';
import { overview, sample } from './overview.js';
import { tasks } from './tasks.js';
import { workers } from './workers.js';

const PAGES = { overview, tasks, workers, objects, logs };
const SKELETON_MS = 300, LIST_MS = 1000, SAY_MS = 5000, DEATH_MS = 60000;
let loadedAt = 0, loadTimer = 0, loading = false, sayTimer = 0, alerted = false, session = '', dismissed = 0, busyMs = 0;

const page = () => PAGES[route().page];
const isEmpty = s => s.tasks.total === 0 && !route().id && ['overview', 'tasks'].includes(route().page);

async function load() {
  clearTimeout(loadTimer);
  loadTimer = 0;
  if (!live.summary || live.state === 'over') return;
  loading = true;
  loadedAt = performance.now();
  const at = route().page;
  try {
    await Promise.all([isEmpty(live.summary) ? null : page().load(), drawer({ overview: $('overviewSplit'), tasks: $('tasksSplit') }[at])]);
  } finally {
    loading = false;
    busyMs = performance.now() - loadedAt;
  }
}

/** Once a second at most, and never so often that the driver is busy with it. */
function loadSoon() {
  if (loadTimer || loading) return;
  const wait = Math.max(LIST_MS, 10 * busyMs) - (performance.now() - loadedAt);
  loadTimer = setTimeout(load, Math.max(0, wait));
}

function turn() {
  const { page: name, query } = route();
  if (query.has('token')) {
    // A cookie keeps it.
    go(path({}), { replace: true });
    return;
  }
  document.querySelectorAll('#nav a').forEach(a => (a.getAttribute('href') || 'overview') === name ? attr(a, 'aria-current', 'page') : a.removeAttribute('aria-current'));
  document.title = name[0].toUpperCase() + name.slice(1) + ' · RayShell';
  sections();
  if (live.summary) page().summary(live.summary);
  load();
}
function sections() {
  const { page: name } = route(), empty = Boolean(live.summary) && isEmpty(live.summary);
  for (const each of Object.keys(PAGES)) show(each, each === name && !(empty && each === 'tasks'));
  for (const each of ['timeline', 'overviewSplit']) show(each, !empty);
  show('empty', empty);
}

let seen = -1;
function changed() {
  const s = live.summary;
  show('pages', Boolean(s));
  if (s) {
    show('skeleton', false);
    const first = s.session !== session;
    session = s.session;
    if (first) { alerted = false; dismissed = 0; }
    if (live.state === 'live') sample(s);
    text('session', `driver pid ${s.driverPid}`);
    attr('session', 'title', s.session);
    text('about', `RayShell ${s.version} · Java ${s.java} · up ${time((s.now - s.startedAt) * 1e6)} · JSON at /api/v1/summary, Prometheus at /metrics`);
    sections();
    page().summary(s);
    death(s);
    say(s);
    if (first) load();
    // What runs gets older without a change.
    else if (live.state === 'live' && (s.changes !== seen || s.tasks.running || ['workers', 'objects', 'logs'].includes(route().page))) loadSoon();
    seen = s.changes;
  }
  contact(s);
}

function contact(s) {
  const { state } = live, lost = state === 'lost', over = state === 'over';
  document.body.className = 'is-' + state + (lost || over ? ' stale' : '');
  text('liveWord', { connecting: 'Connecting', live: 'Live', lost: 'No contact', over: 'Stopped', paused: 'Paused' }[state]);
  text('liveTime', !s ? '' : lost || over ? ' since ' + clock(s.now) : ', updated ' + clock(s.now));
  const banner = $('banner');
  show(banner, lost || over);
  banner.classList.toggle('over', over);
  text(banner.firstElementChild, over ? '■' : '◷');
  show('again', lost);
  if (over) text(banner.children[1], `Ray was shut down at ${clock(s.now)}. ${plural(s.tasks.total, 'task')} ran in this session, ${count(s.tasks.failed)} failed. Run Ray.init() in the notebook to start again.`);
  else if (lost) text(banner.children[1], live.refused ?? (s ? `No answer since ${clock(s.now)}. Trying again every 2 s. The figures below are from then.` : 'No answer yet. Trying again every 2 s.'));
}

function death(s) {
  const d = s.workers.lastDeath, banner = $('death');
  const on = Boolean(d) && s.running && d.at > dismissed && s.now - d.at < DEATH_MS;
  show(banner, on);
  if (!on) return;
  const again = s.tasks.retrying ? ` ${plural(s.tasks.retrying, 'task')} will be tried again.` : '';
  text(banner.querySelector('p'), `Worker ${d.worker} died (${d.exit}${/signal 9/.test(d.exit) ? ', out of memory?' : ''}).${again}`);
  attr(banner.querySelector('a'), 'href', `logs?worker=${d.worker}&file=err`);
}
$('death').querySelector('button').addEventListener('click', () => { dismissed = live.summary.workers.lastDeath.at; changed(); $('main').focus(); });

function say(s) {
  const t = s.tasks;
  if (t.failed && !alerted) {
    alerted = true;
    text('alert', `${plural(t.failed, 'task')} failed`);
  }
  const line = t.total ? `${count(t.finished + t.failed + t.cancelled)} of ${count(t.total)} done, ${count(t.failed)} failed` : '';
  if (line !== $('said').textContent && !sayTimer) {
    text('said', line);
    sayTimer = setTimeout(() => { sayTimer = 0; say(live.summary); }, SAY_MS);
  }
}

onClick('again', tryNow);
onClick('pause', () => {
  const on = live.state !== 'paused';
  attr('pause', 'aria-pressed', String(on));
  text('pause', on ? 'Go on' : 'Pause');
  pause(on);
});
onClick('skip', e => { e.preventDefault(); $('main').focus(); });
onClick('close', () => closeDrawer(page().table));
onClick('copy', () => navigator.clipboard?.writeText($('sample').textContent).then(() => text('copy', 'Copied')));

document.addEventListener('keydown', e => {
  const at = document.activeElement, typing = /INPUT|SELECT|TEXTAREA/.test(at.tagName);
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.key === 'Escape') {
    if (at.type === 'search' && at.value) {
      at.value = '';
      at.dispatchEvent(new Event('input'));
    } else if (!closeDrawer(page().table)) at.blur();
  } else if (typing) {
    return;
  } else if (e.key >= '1' && e.key <= '5') {
    const name = Object.keys(PAGES)[e.key - 1];
    go(path({}, { page: name }));
  } else if (e.key === '/') {
    e.preventDefault();
    const field = { tasks: 'filter', logs: 'logFilter' }[route().page];
    if (!field) go('tasks');
    $(field ?? 'filter').focus();
  } else if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && at === document.body) {
    page().table?.focus();
  }
});

setTimeout(() => show('skeleton', !live.summary && live.state === 'connecting'), SKELETON_MS);
onRoute(turn);
turn();
start(changed);
