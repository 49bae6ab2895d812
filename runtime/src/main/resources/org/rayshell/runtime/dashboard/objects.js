// The objects that the driver owns and has refs of.
import { $, attr, linked, show, text } from './dom.js';
import { bytes, clock, percent, plural, short } from './format.js';
import { list } from './live.js';
import { go, path, route } from './route.js';
import { column, number, Table } from './table.js';

const FULL = 0.8;
const table = new Table($('objectTable'), [
  { label: 'object', className: 'mono', fill: (c, o) => {
    attr(c, 'title', o.id);
    if (o.kind === 'put') return short(o.id);
    linked(c, 'tasks/' + o.id.slice(0, 48), short(o.id));
  } },
  column('type', (c, o) => o.type ?? '–', '', 'wide mono'),
  number('size', o => bytes(o.bytes), 'size'),
  column('owner', (c, o) => o.cell ?? 'the program'),
  column('made by', (c, o) => o.function ?? 'Ray.put', '', 'wide'),
  column('references', (c, o) => o.references === 1 ? 'the driver' : `the driver and ${plural(o.references - 1, 'worker')}`, '-references'),
  column('kept by', (c, o) => o.worker ? 'worker ' + o.worker : 'the driver'),
  number('since', o => clock(o.since), 'since'),
], { sort: to => go(path({ sort: to }), { replace: true }) });

export const objects = {
  async load() {
    const sort = route().query.get('sort') ?? '-size';
    const page = await list('objects', 'api/v1/objects?limit=500&sort=' + encodeURIComponent(sort));
    if (!page?.objects) return;
    table.fill(page.objects, { sort });
    show('noObject', !page.objects.length);
    show('objectTable', page.objects.length > 0);
    const more = page.matching - page.objects.length + page.dropped;
    text('objectsMore', (more ? `${plural(more, 'more object')} not listed. ` : '') + 'What tasks own themselves is not listed.');
  },
  summary(s) {
    const share = s.store.total ? s.store.used / s.store.total : 0;
    text('objectsSum', `${plural(s.store.objects, 'object')}, ${bytes(s.store.used)}${s.store.total ? ' of ' + bytes(s.store.total) : ''}${s.store.spilled ? ', ' + bytes(s.store.spilled) + ' on disk' : ''}`);
    show('storeFull', share >= FULL);
    text('storeFull', `The object store is ${percent(share)} full: set variables with refs to null, call Ray.free, or start with more objectStoreMemory.`);
  },
};
