import type {CompiledBundle} from '@banli/formats';
import {insertRows, type Tx} from '@banli/store';
import type {CaseDeps} from './deps.js';
import {textOrNull} from './context.js';
import type {CaseWordHint} from './ports.js';
import {factsOf} from './release-facts.js';

type Values = Readonly<Record<string, unknown>>;

/** A hint at registration. `taken`: the case carries everything that the hint proposed; `null` where it proposed nothing. */
export interface KeptHint extends CaseWordHint {
  readonly taken: boolean | null;
}

/** Looks for listed words in the texts of a new case and says which hints were taken over; nothing in the case is changed by them. */
export async function findHints(deps: Pick<CaseDeps, 'catalogs'>, release: CompiledBundle, values: Values, at: number): Promise<readonly KeptHint[]> {
  const told = [...factsOf(release).fields].filter(([, node]) => node['x-banli']?.words === 'order').map(([name]) => name);
  if (told.length === 0 || !deps.catalogs.words) return [];
  const text = told.map(name => textOrNull(values[name]) ?? '').join('。');
  const found = await deps.catalogs.words.find({text, scope: 'order', at});
  return found.map(hint => ({...hint, taken: isTaken(release, values, hint)}));
}

/** The values with the hints in words, where the bundle has a field for them. */
export function withHints(release: CompiledBundle, values: Values, hints: readonly KeptHint[]): Values {
  const field = release.bundle.manifest.registration?.hints;
  if (field === undefined) return values;
  const {[field]: _, ...rest} = values;
  return hints.length === 0 ? rest : {...rest, [field]: hints.map(inWords).join('\n')};
}

/** Keeps the hints of a new case, in the transaction of its registration. */
export async function keepHints(tx: Tx, caseId: string, hints: readonly KeptHint[], at: number): Promise<void> {
  const rows = hints.map(({catalog, row, version, classCode, risk, taken}) => ({case_id: caseId, catalog, row_key: row, version, class_code: classCode, risk, taken, found_at: at}));
  if (rows.length > 0) await insertRows(tx, 'case_word_hint', rows);
}

function isTaken({bundle}: CompiledBundle, values: Values, {proposes}: CaseWordHint): boolean | null {
  const {registration, caseFields} = bundle.manifest;
  const {sensitive, urgency, hotClass} = proposes;
  const valueOf = (name: string | undefined): unknown => (name === undefined ? null : values[name]);
  const asked = [
    ...(sensitive && registration?.sensitive !== undefined ? [valueOf(registration.sensitive) === true] : []),
    ...(urgency && caseFields.urgency !== undefined ? [urgency.enough.includes(textOrNull(valueOf(caseFields.urgency)) ?? '')] : []),
    ...(hotClass !== null && registration?.hotClass !== undefined ? [valueOf(registration.hotClass) === hotClass] : []),
  ];
  return asked.length === 0 ? null : asked.every(each => each);
}

const risks = {high: '高风险', medium: '中风险', low: '低风险'} as const;

function inWords({word, classTitle, risk, taken}: KeptHint): string {
  const what = [classTitle?.['zh-CN'] ?? '', risk === null ? '' : risks[risk]].filter(part => part !== '').join('，');
  return `“${word}”${what === '' ? '' : `（${what}）`}${taken === null ? '' : taken ? '：已采纳' : '：未采纳'}`;
}
