/** Digits of the code: letters that look like digits are left out. */
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/**
 * Whether a text is a unified social credit code (统一社会信用代码): 18 signs, the last of which is the check digit of the others.
 *
 * @see Source: GB 32100—2015 (check digit: weights 3 to the power of the place, modulo 31)
 */
export function isCreditCode(text: string): boolean {
  if (text.length !== 18) return false;
  const values = [...text].map(sign => signs.indexOf(sign));
  if (values.includes(-1)) return false;
  let weight = 1;
  let sum = 0;
  for (const value of values.slice(0, 17)) {
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return values[17] === (31 - (sum % 31)) % 31;
}
