import { $, attr, link, linked, state, text } from './dom.js';
import { bytes, count, percent, plural, time } from './format.js';
import { list } from './live.js';
import { column, number, Table } from './table.js';

const died = w => w.state === 'dead' && w.exit !== 'exit code 0';
const table = new Table($('workerTable'), [
  column('worker', (c, w) => { attr(c, 'title', w.id); return String(w.pid); }),
  column('state', (c, w) => state(c, died(w) ? 'died' : w.state === 'dead' ? 'ended' : w.state)),
  { label: 'current task', className: 'wide', fill: (c, w) => {
    if (w.state === 'dead' || !w.task) { c.classList.toggle('err', died(w)); return w.state === 'dead' ? w.exit ?? '' : w.function ?? '–'; }
    linked(c, 'tasks/' + w.task, w.function);
  } },
  number('busy', w => percent(w.busy)),
  number('CPU', w => w.cpuNs ? time(w.cpuNs) : '–'),
  number('memory', w => w.memoryBytes ? bytes(w.memoryBytes) : '–'),
  number('tasks', w => count(w.tasks)),
  number('up', w => time(w.upNs)),
  column('log', (c, w) => { if (!c.firstChild) c.append(link('logs?worker=' + w.pid, 'lines'), ' · ', link(`logs?worker=${w.pid}&file=err`, 'stderr'), ' · ', link('tasks?worker=' + w.pid, 'tasks')); }),
]);

export const workers = {
  async load() {
    const page = await list('workers', 'api/v1/workers?limit=1000');
    if (!page?.workers) return;
    table.fill(page.workers);
    text('workersMore', page.next ? `${plural(page.matching - page.workers.length, 'more worker')} not shown` : page.workers.length ? '' : 'No workers yet: they start with the first task.');
  },
  summary(s) {
    const w = s.workers, words = ['running', 'blocked', 'idle', 'starting', 'dead'].filter(word => w[word]);
    text('workersSum', words.map(word => w[word] + ' ' + word).join(', ') + ` · in memory ${bytes(s.machine.workers)}`);
  },
};
