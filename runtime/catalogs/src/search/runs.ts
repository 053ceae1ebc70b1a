/** The stretches of a text, given by its pairs, whose pairs all are shared, each once, the heaviest first. */
export function runsOf(pairs: readonly string[], weights: ReadonlyMap<string, number>, shares: (pair: string) => boolean): readonly string[] {
  const runs = new Map<string, number>();
  let [run, weight] = ['', 0];
  const end = (): void => {
    if (run !== '') runs.set(run, weight);
    [run, weight] = ['', 0];
  };
  for (const pair of pairs) {
    const weighs = weights.get(pair);
    if (weighs === undefined || !shares(pair)) end();
    else [run, weight] = [run === '' ? pair : run + secondOf(pair), weight + weighs];
  }
  end();
  return [...runs].sort((a, b) => b[1] - a[1]).map(([found]) => found);
}

/** The second character of a pair. */
function secondOf(pair: string): string {
  return pair.length === 2 ? pair.charAt(1) : ([...pair][1] ?? '');
}
