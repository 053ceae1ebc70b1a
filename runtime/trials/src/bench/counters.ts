/** Calls to the engine so far, as `/metrics` tells them. Polls are what runs whether there is work or not. */
export interface EngineCounters {
  readonly commands: number;
  readonly polls: number;
}

const polls = new Set(['changes', 'running', 'health', 'externalPoll']);

/** Reads the counters of a running server. */
export async function readCounters(url: string): Promise<EngineCounters> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counters = {commands: 0, polls: 0};
  for (const match of text.matchAll(/^banli_engine_calls_total\{[^}]*call="(\w+)"[^}]*\} (\d+)/gm)) {
    counters[polls.has(match[1] ?? '') ? 'polls' : 'commands'] += Number(match[2]);
  }
  return counters;
}
