// What tasks printed, and workers' own logs.
import { $, attr, button, element, keyed, link, onClick, show, text } from './dom.js';
import { bytes, clock, count, short } from './format.js';
import { list } from './live.js';
import { go, path, route } from './route.js';

const MOST = 2000;
let slot = '', last = 0, lines = [], following = true;

export const logs = {
  async load() {
    const { query } = route(), asked = new URLSearchParams();
    for (const name of ['worker', 'task', 'file', 'q']) if (query.get(name)) asked.set(name, query.get(name));
    const now = asked.toString(), again = now === slot && !query.get('file');
    await controls(query);
    if (!again) { slot = now; last = 0; lines = []; }
    if (again && last) asked.set('after', last);
    const page = await list('logs', 'api/v1/logs?' + asked);
    if (!page || page.lost || now !== slot) return;
    if (page.error) {
      lines = [];
      show('noLine', true);
      text('noLine', page.error.message);
    } else {
      if (page.file) lines = page.lines.map((line, i) => ({ ...line, number: page.cutBytes + i }));
      else { lines = lines.concat(page.lines).slice(-MOST); last = page.last; }
      show('noLine', !lines.length);
      text('noLine', query.get('q') ? `No line has “${query.get('q')}” in it.` : page.file ? `${page.file} is empty.` : 'Nothing yet: what tasks print appears here.');
      text('logMore', page.file ? `${page.file}, ${bytes(page.bytes)}${page.cutBytes ? ', its end' : ''}` : page.dropped ? `The latest lines; ${count(page.dropped)} older ones dropped` : '');
    }
    show('lines', lines.length > 0);
    draw();
  },
  summary() {},
};

function draw() {
  const box = $('lines');
  keyed(box, lines, line => line.number, line => {
    const node = element('div', line.stderr ? 'line stderr' : 'line');
    if (line.task) node.append(element('span', 'when', clock(line.at)), link('tasks/' + line.task, `${line.function} ${line.worker}`));
    node.append(element('span', 'text', line.text));
    return node;
  }, () => {});
  if (following) box.scrollTop = box.scrollHeight;
}

async function controls(query) {
  const worker = query.get('worker') ?? '';
  const page = await list('logWorkers', 'api/v1/workers?limit=1000');
  if (page?.workers) {
    keyed($('logWorker'), [{ pid: '', label: 'all workers' }, ...page.workers.map(w => ({ pid: w.pid, label: `worker ${w.pid}${w.state === 'dead' ? ' (dead)' : ''}` }))], w => w.pid, () => element('option'), (o, w) => {
      attr(o, 'value', String(w.pid));
      text(o, w.label);
    });
  }
  $('logWorker').value = worker;
  $('logFile').value = query.get('file') ?? '';
  show('logFile', Boolean(worker));
  if (document.activeElement !== $('logFilter')) $('logFilter').value = query.get('q') ?? '';
  show('logFilter', !query.get('file'));
  const task = query.get('task');
  keyed($('logChips'), task ? [task] : [], id => id, id => button(`task ${short(id)} ✕`, () => go(path({ task: '' })), 'chip'), () => {});
}

function follow(on) {
  following = on;
  attr('follow', 'aria-pressed', String(on));
  if (on) $('lines').scrollTop = $('lines').scrollHeight;
}
onClick('follow', () => follow(!following));
$('lines').addEventListener('wheel', e => { if (e.deltaY < 0) follow(false); }, { passive: true });
$('lines').addEventListener('keydown', e => { if (/Up|Home/.test(e.key)) follow(false); });
$('logWorker').addEventListener('change', e => go(path({ worker: e.target.value, file: '' })));
$('logFile').addEventListener('change', e => go(path({ file: e.target.value, q: '' })));
$('logFilter').addEventListener('input', e => go(path({ q: e.target.value.trim() }), { replace: true }));
