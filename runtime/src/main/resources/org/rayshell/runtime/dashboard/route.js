// What is shown is told by the address.

/** The dashboard's own root, wherever a proxy has put it. */
export const root = new URL(document.querySelector('base').href);
document.querySelector('base').href = root.href;

/** Where a cell is in its notebook, by the proxy if this page came by one; or ''. */
export function inNotebook(cell) {
  const server = /\/proxy\/[^/]+\/$/.test(root.pathname) ? new URL('../..', root) : cell?.server;
  return cell && server ? new URL(cell.path, server).href : '';
}

/**
 * Opens the cell's page. JupyterLab forgets which cell while it loads the notebook, so it is told again when that is there. On another
 * origin nobody can see that; but the kernel hears of it, since then the page connects. There the notebook gets a workspace that hardly
 * another tab has, since that would move.
 */
function openCell(url, name) {
  const ours = url.origin === root.origin;
  if (!ours) url.pathname = url.pathname.replace('lab/', 'lab/workspaces/rayshell-' + Math.floor(performance.timeOrigin % 9) + '/');
  const before = ours || frontEnds();
  const tab = open(url, name);
  const isThere = ours
    ? async () => tab.document.querySelector('.jp-Cell') && !tab.document.querySelector('#jupyterlab-splash')
    : async () => await frontEnds() > await before;
  let again = 3;
  const patience = setTimeout(() => clearInterval(timer), OPEN_MS);
  const timer = setInterval(async () => {
    if (!tab || tab.closed || !again) {
      clearInterval(timer);
      clearTimeout(patience);
    } else if (again < 3 || await isThere().catch(() => false)) {
      again--;
      tab.location.replace(ours ? tab.location.href.replace(/#.*|$/, url.hash) : url);
    }
  }, LOOK_MS);
}
const LOOK_MS = 400, OPEN_MS = 120000;

/** How many front ends the kernel has heard of; NaN if it does not say. */
async function frontEnds() {
  try {
    return (await (await fetch('api/v1/notebook')).json()).frontEnds ?? NaN;
  } catch {
    return NaN;
  }
}

const PAGES = ['overview', 'tasks', 'workers', 'objects', 'logs'];

export function route(url = new URL(location)) {
  const [first, second] = url.pathname.slice(root.pathname.length).split('/');
  const page = PAGES.includes(first) ? first : 'overview';
  return { page, id: page === 'tasks' && second ? decodeURIComponent(second) : url.searchParams.get('task') ?? '', query: url.searchParams };
}

let shown = () => {};
export function onRoute(action) {
  shown = action;
  addEventListener('popstate', () => shown());
  document.addEventListener('click', e => {
    const a = e.target.closest('a[href]');
    if (!a || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    const url = new URL(a.href);
    const api = url.pathname.slice(root.pathname.length);
    if (a.target) { e.preventDefault(); return openCell(url, a.target); }
    if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname) || /^(api|metrics|assets)/.test(api) || url.hash) return;
    e.preventDefault();
    go(api + url.search);
  });
}

export function go(path, { replace = false } = {}) {
  const url = new URL(path || '.', root);
  if (url.href === location.href) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', url);
  shown();
}

/** The path of the page that is shown, with some parameters changed; '' takes one out. */
export function path(changes, { page = route().page, id } = {}) {
  const now = route(), query = page === now.page ? new URLSearchParams(now.query) : new URLSearchParams();
  query.delete('token');
  const open = id ?? (page === now.page ? now.id : '');
  if (page === 'tasks') query.delete('task'); else if (id !== undefined) changes = { ...changes, task: id };
  for (const [name, value] of Object.entries(changes)) value ? query.set(name, value) : query.delete(name);
  const name = page === 'overview' ? '' : page === 'tasks' && open ? 'tasks/' + encodeURIComponent(open) : page;
  return name + (query.size ? '?' + query : '');
}
