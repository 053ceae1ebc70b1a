import type {CompiledBundle} from '@banli/formats';

/** The two places where the compiler lets a process ask for variables: conditions of flows, and how many instances a loop has. */
const expressions = /<bpmn:(conditionExpression|loopCardinality)\b[^>]*>(.*?)<\/bpmn:\1>/gs;
const names = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** Every command asks. */
const known = new WeakMap<CompiledBundle['compiled'], ReadonlySet<string>>();

/**
 * Names that the compiled processes of a release may read while they run: every word of their expressions, so rather one too many than one
 * too few. Another variable would only cost the engine rows, and a look through them with every step.
 */
export function engineReads({compiled}: Pick<CompiledBundle, 'compiled'>): ReadonlySet<string> {
  const before = known.get(compiled);
  if (before) return before;
  const read = new Set<string>();
  for (const xml of Object.values(compiled)) {
    for (const [, , text = ''] of xml.matchAll(expressions)) for (const [name] of text.matchAll(names)) read.add(name);
  }
  known.set(compiled, read);
  return read;
}
