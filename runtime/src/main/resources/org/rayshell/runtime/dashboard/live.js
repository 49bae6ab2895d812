// The contact to the driver: server-sent events, or a question a second where they do not come through.

const ASK_MS = 1000, HIDDEN_MS = 5000, LOST_MS = 2000, PATIENCE_MS = 10000, SILENCE_MS = 4000, STREAM_AGAIN_MS = 60000;

export const live = {
  summary: null,
  /** connecting, live, lost, over or paused. */
  state: 'connecting',
  /** Why the dashboard refuses to answer; or null. */
  refused: null,
  changed: () => {},
};

let source = null, timer = 0, watch = 0, asking = null, streamFrom = 0;

function become(state) {
  live.state = state;
  live.changed();
}
function took(summary) {
  live.summary = summary;
  live.refused = null;
  become('live');
}
function close() {
  source?.close();
  source = null;
  clearTimeout(watch);
}

function stream() {
  close();
  clearTimeout(timer);
  const every = document.hidden ? HIDDEN_MS : 250;
  const mine = source = new EventSource('api/v1/events?of=summary&every=' + every);
  const silent = () => {
    clearTimeout(watch);
    // A proxy may hold events back.
    watch = setTimeout(() => withoutStream(STREAM_AGAIN_MS), SILENCE_MS + every);
  };
  silent();
  source.addEventListener('summary', e => { silent(); took(JSON.parse(e.data)); });
  source.addEventListener('full', () => withoutStream(Infinity));
  source.addEventListener('end', e => {
    close();
    live.summary = JSON.parse(e.data);
    become('over');
    later();
  });
  source.onerror = () => { if (mine === source) { close(); ask(); } };
}
function withoutStream(ms) {
  close();
  streamFrom = Date.now() + ms;
  ask();
}

async function ask() {
  clearTimeout(timer);
  asking?.abort();
  const mine = asking = new AbortController();
  const patience = setTimeout(() => mine.abort(), PATIENCE_MS);
  try {
    const answer = await fetch('api/v1/summary', { signal: mine.signal });
    const body = await answer.json();
    if (mine !== asking) return;
    if (!answer.ok) throw new Refusal(body.error?.message ?? answer.statusText);
    took(body);
  } catch (e) {
    if (mine !== asking) return;
    live.refused = e instanceof Refusal ? e.message : null;
    if (live.state !== 'over') become('lost');
  } finally {
    clearTimeout(patience);
    if (mine === asking) {
      asking = null;
      later();
    }
  }
}
class Refusal extends Error {}

function later() {
  clearTimeout(timer);
  if (live.state === 'paused') return;
  if (live.state === 'live' && Date.now() >= streamFrom) stream();
  else timer = setTimeout(ask, document.hidden ? HIDDEN_MS : live.state === 'live' ? ASK_MS : LOST_MS);
}

export function tryNow() { ask(); }

export function pause(on) {
  asking?.abort();
  asking = null;
  clearTimeout(timer);
  close();
  if (on) become('paused'); else ask();
}

export function start(changed) {
  live.changed = changed;
  document.addEventListener('visibilitychange', () => {
    if (live.state === 'paused') return;
    if (!document.hidden && streamFrom === Infinity) streamFrom = 0;
    if (source) stream(); else if (!document.hidden) ask();
  });
  stream();
}

/** A list of the API; null if it was asked for again meanwhile. */
const asked = new Map();
export async function list(slot, path) {
  asked.get(slot)?.abort();
  const mine = new AbortController();
  asked.set(slot, mine);
  try {
    const answer = await fetch(path, { signal: mine.signal });
    const body = await answer.json();
    if (asked.get(slot) !== mine) return null;
    return answer.ok ? body : { error: body.error };
  } catch (e) {
    if (e.name === 'AbortError') return null;
    return { lost: true };
  }
}
