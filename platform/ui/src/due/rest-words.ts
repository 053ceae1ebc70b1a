/** The rest of a clock without the word that its badge says already: beside 超期 stands `2 分钟`, not `超期 2 分钟`. */
export function restBesideWord(rest: string, word: string): string {
  const [said, known] = [rest.trim(), word.toLowerCase()];
  if (known === '') return said;
  if (said.toLowerCase().startsWith(`${known} `)) return said.slice(word.length).trim();
  return said.toLowerCase().endsWith(` ${known}`) ? said.slice(0, -word.length).trim() : said;
}
