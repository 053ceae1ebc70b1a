const thinSpace = '\u2009';

/** A number with thin grouping: `12 345`; up to two decimals are kept. */
export function formatNumber(value: number): string {
  const [whole = '0', decimals] = String(Math.round(Math.abs(value) * 100) / 100).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  return `${value < 0 ? '−' : ''}${grouped}${decimals === undefined ? '' : `.${decimals}`}`;
}

/** An amount in yuan: `¥1 234.50`. */
export function formatMoney(yuan: number): string {
  const [whole = '0', decimals = '00'] = Math.abs(yuan).toFixed(2).split('.');
  return `${yuan < 0 ? '−' : ''}¥${whole.replace(/\B(?=(\d{3})+$)/g, thinSpace)}.${decimals}`;
}

/** A file's size: `340 B`, `12.4 KB`, `3.1 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}

/** A badge's number: nothing for 0, `99+` above 99. */
export function formatCount(count: number): string {
  return count <= 0 ? '' : count > 99 ? '99+' : String(count);
}
