/** A list with others in the place of one of its entries, none to remove it. (`toSpliced` came to browsers later than the oldest one that has to do.) */
export function replaced<T>(list: readonly T[], index: number, by: readonly T[]): readonly T[] {
  return [...list.slice(0, index), ...by, ...list.slice(index + 1)];
}
