/** What an order has besides matter and area, as columns of a rule. */
const attributeColumns = ['serviceObject', 'channelCode', 'natureCode', 'urgencyCode'] as const;

/** The rule that decides such orders now, as the catalog lists it. */
export interface DecidingRule {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Who returned orders of a matter at a place, and who leads them from now on. */
export interface LeadChange {
  readonly matterCode: string;
  readonly areaCode: string;
  readonly from: string;
  readonly to: string;
  /** Name of the matter, where the rule says nothing of the duty. */
  readonly matter: string;
  readonly source: string;
}

type Change = {readonly op: 'offShelf'; readonly key: string} | {readonly op: 'add'; readonly cells: Readonly<Record<string, string>>};

/**
 * Changes of the rules so that another unit leads these orders, and no others: the new row asks for what the deciding one asks for. That one goes only
 * where it stands at this very matter and place; a broader one stays for the rest.
 */
export function changeOfLead({matterCode, areaCode, from, to, matter, source}: LeadChange, rule: DecidingRule | undefined): readonly Change[] {
  const values = rule?.values ?? {};
  const asked = Object.fromEntries(attributeColumns.flatMap(column => (values[column] ? [[column, values[column]]] : [])));
  const isOwnRow = rule !== undefined && values['matterCode'] === matterCode && values['areaCode'] === areaCode && values['leadUnitId'] === from;
  return [
    ...(isOwnRow ? [{op: 'offShelf' as const, key: rule.key}] : []),
    {op: 'add', cells: {matterCode, areaCode, leadUnitId: to, ...asked, dutyZh: values['dutyZh'] ?? matter, dutyEn: values['dutyEn'] ?? matter, sourceRef: source}},
  ];
}
