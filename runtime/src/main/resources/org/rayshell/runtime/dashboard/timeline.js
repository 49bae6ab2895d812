// What each worker ran when: as a picture, and as a table.
import { $, attr, element, keyed, linked, onClick, show, state, style, text } from './dom.js';
import { clock, percent, plural, time } from './format.js';
import { go, path } from './route.js';
import { column, number, Table } from './table.js';

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 300, 600, 1800, 3600, 21600];
const MOST_ROWS = 100;
const table = new Table($('bars'), [
  column('worker', (c, b) => String(b.worker)),
  column('function', (c, b) => linked(c, 'tasks/' + b.id, name(b))),
  column('state', (c, b) => state(c, b.state)),
  column('from', (c, b) => clock(b.from)),
  number('ran', b => time((b.to - b.from) * 1e6)),
  number('CPU', b => percent(b.cpu)),
]);
let asTable = false, last = null;

onClick('asTable', () => {
  asTable = !asTable;
  attr('asTable', 'aria-pressed', String(asTable));
  if (last) timeline(last);
});
onClick('lanes', e => {
  const bar = e.target.closest('.bar');
  if (bar) go(path({}, { id: bar.dataset.key }));
});

const name = b => b.tasks > 1 ? plural(b.tasks, 'task') : b.function;

export function timeline(t) {
  last = t;
  show('picture', !asTable);
  show('bars', asTable);
  text('lanesMore', t.lanes.length ? t.lanesLeftOut ? `${plural(t.lanesLeftOut, 'more worker')} not shown` : '' : 'Nothing ran in this span.');
  if (asTable) {
    const bars = t.lanes.flatMap(lane => lane.bars.map(b => ({ ...b, worker: lane.worker })));
    table.fill(bars.sort((a, b) => b.from - a.from).slice(0, MOST_ROWS));
    return;
  }
  attr('picture', 'aria-label', 'Timeline. ' + t.lanes.map(lane => `Worker ${lane.worker}: ${plural(lane.tasks, 'task')}, ${percent(lane.busy)} busy`).join('. '));
  const span = Math.max(1, t.to - t.from);
  keyed($('lanes'), t.lanes, lane => lane.worker, () => {
    const node = element('div', 'lane'), label = element('div', 'label');
    label.append(element('span'), element('small'));
    node.append(label, element('div', 'track'));
    return node;
  }, (node, lane) => {
    const [label, track] = node.children;
    text(label.firstChild, 'worker ' + lane.worker);
    text(label.lastChild, `${percent(lane.busy)} busy, CPU ${time(lane.cpuNs)}`);
    keyed(track, lane.bars, b => b.id, () => {
      const bar = element('span');
      bar.append(element('u'), element('i'), element('b'));
      return bar;
    }, (bar, b) => draw(bar, b, 100 * (b.from - t.from) / span, 100 * (b.to - b.from) / span));
  });
  ticks(t, span);
}

function draw(bar, b, left, width) {
  attr(bar, 'class', 'bar ' + b.state);
  style(bar, 'left', left.toFixed(2) + '%');
  style(bar, 'width', `max(2px, calc(${width.toFixed(2)}% - 1px))`);
  style(bar.children[1], 'height', Math.max(2, Math.round(100 * b.cpu)) + '%');
  attr(bar, 'title', `${name(b)}: ${b.state}, ran ${time((b.to - b.from) * 1e6)}, CPU ${percent(b.cpu)}`);
  text(bar.lastChild, width > 6 ? (b.state === 'failed' ? '✕ ' : '') + name(b) : b.state === 'failed' && width > 1.5 ? '✕' : '');
  bar.lastChild.classList.toggle('on', b.cpu > 0.7);
}

function ticks(t, span) {
  const step = STEPS.find(x => x * 1000 >= span / (innerWidth < 620 ? 3 : 7)) ?? 86400;
  const marks = [];
  for (let back = step; back * 1000 < span * 0.97; back += step) marks.push({ at: 100 - back * 100000 / span, label: '−' + time(back * 1e9).replace(/\.0+(?= s)/, '') });
  marks.push({ at: 100, label: Date.now() - t.to < 1500 ? 'now' : clock(t.to) });
  keyed($('ticks'), marks, mark => mark.label, () => element('span'), (node, mark) => {
    text(node, mark.label);
    node.classList.toggle('last', mark.at === 100);
    style(node, 'left', mark.at.toFixed(1) + '%');
  });
}
