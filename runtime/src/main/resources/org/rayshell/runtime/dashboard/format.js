// Words and numbers as people read them.

const digits = x => x < 10 ? x.toFixed(1) : x.toFixed(0);

/** Nanoseconds: 12 ms, 0.40 s, 3 min 05 s. */
export function time(ns) {
  if (ns <= 0) return '0 ms';
  const s = ns / 1e9;
  if (s < 1e-3) return digits(s * 1e6) + ' µs';
  if (s < 0.1) return digits(s * 1e3) + ' ms';
  if (s < 60) return (s < 10 ? s.toFixed(2) : s.toFixed(1)) + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min ' + String(Math.floor(s % 60)).padStart(2, '0') + ' s';
  return Math.floor(s / 3600) + ' h ' + String(Math.floor(s % 3600 / 60)).padStart(2, '0') + ' min';
}

/** Bytes, decimal: 81.2 MB. */
export function bytes(n) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let u = 0;
  while (n >= 999.5 && u < 4) { n /= 1000; u++; }
  return (u === 0 || n >= 100 ? n.toFixed(0) : n.toFixed(1)) + ' ' + units[u];
}

export const percent = share => Math.round(100 * share) + ' %';
export const count = n => n.toLocaleString('en');
export const plural = (n, word) => count(n) + ' ' + word + (n === 1 ? '' : 's');
/** Epoch milliseconds: 14:02:11. */
export const clock = ms => new Date(ms).toTimeString().slice(0, 8);
export const amount = n => Number.isInteger(n) ? count(n) : n.toFixed(2).replace(/0+$/, '');
/** The address of a cell's tasks, by its label: In [7]. */
export const ofCell = label => 'tasks?cell=' + encodeURIComponent(label.replace(/^In \[(\d+)\]$/, '$1'));
export const short = id => id.slice(0, 8);
