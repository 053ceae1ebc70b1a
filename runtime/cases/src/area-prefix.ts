/**
 * What the codes of an area and of everything in it begin with: a county code ends with the zeros of what lies below (650100 is a city), the longer codes of streets and communities end with their own digits.
 *
 * @param code - GB/T 2260 to the county, nine or twelve digits below; the empty text stands for everywhere.
 * @see Source: GB/T 2260, GB/T 10114
 */
export function areaPrefix(code: string): string {
  return code.length > 6 ? code : code.replace(/(00)+$/, '');
}
