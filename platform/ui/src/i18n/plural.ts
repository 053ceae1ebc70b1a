/** The rules of English: 1 is one, everything else is other. */
const rules = new Intl.PluralRules('en');

/**
 * The form of a word that fits a number of the text, for English tables: `` `{{count}} ${plural('count', 'order', 'orders')}` `` reads 1 order, 2 orders.
 * Chinese words have one form and need none of it.
 *
 * @param hole - Name of the hole that holds the number; a hole that holds no number takes `other`.
 */
export function plural<Hole extends string>(hole: Hole, one: string, other: string): `{{${Hole}, ${string}}}` {
  return `{{${hole}, ${one}|${other}}}`;
}

/** Gives what stands in a hole its form: `order|orders` by the number that fills it. What i18next calls for a hole with a comma. */
export function formOf(value: unknown, forms?: string): string {
  const [one, other] = forms?.split('|') ?? [];
  if (one === undefined || other === undefined) return String(value);
  return typeof value === 'number' && rules.select(value) === 'one' ? one : other;
}
