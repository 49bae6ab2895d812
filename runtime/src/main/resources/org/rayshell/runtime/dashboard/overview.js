import { $, attr, element, glyph, keyed, link, onPress, press, style, text } from './dom.js';
import { amount, bytes, count, percent, plural, time } from './format.js';
import { list } from './live.js';
import { go, path, route } from './route.js';
import { Table } from './table.js';
import { taskColumns } from './tasks.js';
import { timeline } from './timeline.js';

const SPARK_MS = 60000, SAMPLE_MS = 900, ROWS = 12;
const spark = { cpu: [], memory: [], store: [] };
const table = new Table($('latest'), taskColumns, { open: id => go(path({}, { id })) });
let session = '';

export const overview = {
  async load() {
    press('window', span());
    const [lanes, tasks] = await Promise.all([list('timeline', 'api/v1/timeline?window=' + span()), list('latest', 'api/v1/tasks?limit=' + ROWS)]);
    if (lanes?.lanes) timeline(lanes);
    if (tasks?.tasks) table.fill(tasks.tasks, { marked: route().id });
  },
  summary(s) { cards(s); },
  table,
};
const span = () => route().query.get('window') ?? '60';
onPress('window', window => go(path({ window: window === '60' ? '' : window }), { replace: true }));
for (const [id, title] of Object.entries({ cpu: 'CPU slots', memory: 'Memory', store: 'Object store' })) {
  const card = $('card').content.firstElementChild.cloneNode(true);
  card.id = id;
  card.querySelector('h2').textContent = title;
  attr(card.querySelector('.meter'), 'aria-label', title + ' in use');
  $('total').before(card);
}

export function sample(s) {
  if (s.session !== session) {
    session = s.session;
    Object.values(spark).forEach(line => line.length = 0);
  }
  for (const [name, share] of Object.entries(shares(s))) {
    const line = spark[name];
    if (line.length && s.now - line.at(-1).at < SAMPLE_MS) line.at(-1).share = share;
    else line.push({ at: s.now, share });
    while (line[0].at < s.now - SPARK_MS) line.shift();
  }
}
function shares(s) {
  const [slots, all] = s.resources.CPU ?? [0, 0];
  return { cpu: all ? slots / all : 0, memory: s.machine.used / Math.max(1, s.machine.total), store: s.store.total ? s.store.used / s.store.total : 0 };
}

function card(id, big, small, sub, share, now) {
  const node = $(id);
  text(node.querySelector('.big b'), big);
  text(node.querySelector('.big small'), small);
  text(node.querySelector('.sub'), sub || '\u00a0');
  if (share === undefined) return;
  const meter = node.querySelector('.meter'), whole = Math.round(100 * Math.min(1, share));
  attr(meter, 'aria-valuenow', String(whole));
  attr(meter, 'aria-valuetext', `${big} ${small}`);
  meter.classList.toggle('full', id !== 'cpu' && share > 0.9);
  style(meter.firstElementChild, 'width', whole + '%');
  const points = spark[id].map(p => `${(100 - 100 * (now - p.at) / SPARK_MS).toFixed(1)},${(28 - 26 * Math.min(1, p.share)).toFixed(1)}`);
  attr(node.querySelector('polyline'), 'points', points.join(' '));
  attr(node.querySelector('polygon'), 'points', `${points[0].split(',')[0]},30 ${points.join(' ')} 100,30`);
}

const WORDS = ['finished', 'running', 'queued', 'failed', 'cancelled'];
function cards(s) {
  const [slots, all] = s.resources.CPU ?? [0, 0], part = shares(s);
  card('cpu', amount(slots), `of ${amount(all)} busy`, `host ${percent(s.machine.load)} of ${plural(s.machine.processors, 'core')}`, part.cpu, s.now);
  card('memory', bytes(s.machine.used), 'of ' + bytes(s.machine.total), `${plural(s.workers.running + s.workers.blocked + s.workers.idle, 'worker')}: ${bytes(s.machine.workers)}`, part.memory, s.now);
  card('store', bytes(s.store.used), s.store.total ? 'of ' + bytes(s.store.total) : '', plural(s.store.objects, 'object') + (s.store.spilled ? ', ' + bytes(s.store.spilled) + ' on disk' : ''), part.store, s.now);
  const t = s.tasks, left = t.leftNs >= 0 ? `, about ${time(t.leftNs)} left` : '';
  card('total', count(t.finished + t.failed + t.cancelled), `of ${count(t.total)} done${left}`,
    t.total ? `${time(t.sinceNs)} ${t.running + t.queued ? 'so far' : 'in all'}, all runs ${time(t.ranNs)}, CPU ${percent(t.ranNs ? Math.min(1, t.cpuNs / t.ranNs) : 0)}` : 'none so far');
  const numbers = { ...t, queued: t.queued + t.retrying }, stack = $('total').querySelector('.stack');
  keyed(stack, WORDS, w => w, w => element('i', w), (part, w) => style(part, 'width', t.total ? 100 * numbers[w] / t.total + '%' : '0'));
  attr(stack, 'aria-label', WORDS.map(w => numbers[w] + ' ' + w).join(', '));
  keyed($('total').querySelector('.legend'), WORDS.filter((w, i) => i < 2 || numbers[w]), w => w, w => {
    const a = link('tasks?state=' + w);
    a.append(glyph(w), element('b'), ' ' + w);
    return a;
  }, (node, w) => text(node.querySelector('b'), count(numbers[w])));
}
