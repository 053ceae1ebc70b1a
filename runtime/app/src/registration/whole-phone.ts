/**
 * Whether a number is typed to its end, so that nobody is looked up by the half of it: a mobile number has eleven digits, a line with
 * its area code ten to twelve, one without seven or eight; from abroad, a plus and at least eight.
 */
export function isWholePhone(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '');
  return /^(1\d{10}|0\d{9,11}|[2-9]\d{6,7}|\+\d{8,15})$/.test(plain);
}
