/** At most `count` of the known names, the most alike first: what somebody who mistyped one wants to see. */
export function nearest(name: string, known: readonly string[], count = 6): readonly string[] {
  const wanted = name.toLowerCase();
  const rated = known.map(each => ({each, far: distance(wanted, each.toLowerCase())}));
  return rated.sort((a, b) => a.far - b.far || (a.each < b.each ? -1 : 1)).slice(0, count).map(({each}) => each);
}

/** How many letters have to be put in, taken out or replaced; a shared beginning counts in favour. */
function distance(from: string, to: string): number {
  let row = Array.from({length: to.length + 1}, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (letter === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return (row[to.length] ?? 0) - (to.startsWith(from.slice(0, 3)) ? 2 : 0);
}
