import type {CaseFields, CompiledBundle} from '@banli/formats';
import type {CaseAttributes, CaseMark, CaseRecord, CaseRouting} from './model.js';
import type {CasePeople, CaseVault} from './ports.js';
import {isYes, textOrNull} from './context.js';
import {isSame} from './work.js';

/** Columns of a case that lists and searches use; all of them follow from values and routing. */
export type CaseColumns = Pick<CaseRecord, 'title' | 'areaCode' | 'leadUnitId' | 'matter' | 'urgency' | 'industry' | 'attributes' | 'marks' | 'phoneIndex' | 'idNumberIndex' | 'duplicateIndex'>;

type Values = Readonly<Record<string, unknown>>;

/** Works out the columns; blind indexes are only hashed when their values changed since `before`. */
export function columnsOf(release: CompiledBundle, tools: {readonly people: CasePeople; readonly vault: CaseVault}, now: Pick<CaseRecord, 'values' | 'routing' | 'acceptingUnitId'>, before?: CaseRecord): CaseColumns {
  const {caseFields: names, duplicateKey} = release.bundle.manifest;
  const {values, routing} = now;
  const read = (name: string | undefined) => (name === undefined ? null : textOrNull(values[name]));
  const hashed = (name: string | undefined, column: 'phoneIndex' | 'idNumberIndex') => {
    if (before && name !== undefined && isSame(before.values[name], values[name])) return before[column];
    const text = read(name);
    return text === null ? null : tools.vault.blindIndex(text);
  };
  return {
    title: (read(names.title) ?? '').slice(0, 255),
    areaCode: (read(names.area) ?? tools.people.unit(now.acceptingUnitId)?.areaCode ?? '').slice(0, 32),
    leadUnitId: routing.holding[0] ?? read(names.leadUnit),
    matter: read(names.matter),
    urgency: read(names.urgency),
    industry: read(names.industry),
    attributes: attributesOf(read, names),
    marks: marksOf(release, values, routing),
    phoneIndex: hashed(names.phone, 'phoneIndex'),
    idNumberIndex: hashed(names.idNumber, 'idNumberIndex'),
    duplicateIndex: before && duplicateKey.every(name => isSame(before.values[name], values[name])) ? before.duplicateIndex : duplicateIndexOf(release, tools.vault, values),
  };
}

function attributesOf(read: (name: string | undefined) => string | null, {serviceObject, channel, nature}: CaseFields): CaseAttributes {
  const found = {serviceObject: read(serviceObject), channelCode: read(channel), natureCode: read(nature)};
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null));
}

/** One hash over the fields that make two cases alike; `null` when one of them is empty: then nothing can be said. */
export function duplicateIndexOf(release: CompiledBundle, vault: CaseVault, values: Values): string | null {
  const key = release.bundle.manifest.duplicateKey;
  const parts = key.map(name => textOrNull(values[name])?.trim() ?? '');
  if (key.length === 0 || parts.includes('')) return null;
  return vault.blindIndex([release.bundle.manifest.id, ...parts].join('|'));
}

function marksOf(release: CompiledBundle, values: Values, routing: CaseRouting): readonly CaseMark[] {
  const names = release.bundle.manifest.caseFields;
  const has = (name: string | undefined) => name !== undefined && isYes(values[name]);
  const marks: CaseMark[] = [];
  if (has(names.vulnerable)) marks.push('vulnerable');
  if (has(names.confidential)) marks.push('confidential');
  if (has(names.anonymous)) marks.push('anonymous');
  if (names.redoOf !== undefined && textOrNull(values[names.redoOf]) !== null) marks.push('redo');
  if (routing.paused) marks.push('paused');
  return marks;
}
