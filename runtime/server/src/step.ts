/**
 * Runs one step of the start and tells a person when it begins and, with its seconds, when it is done.
 *
 * @param title - What is done, in Chinese and English.
 */
export async function step<T>(print: (line: string) => void, title: string, work: () => Promise<T>): Promise<T> {
  const began = process.hrtime.bigint();
  print(`  → ${title}`);
  const result = await work();
  print(`  ✓ ${title}（${(process.hrtime.bigint() - began) / 1_000_000_000n} 秒 s）`);
  return result;
}
