import type {Problem} from '@banli/errors';
import type {CompiledBundle, RegistrationRules} from '@banli/formats';
import {insertRows, type Tx} from '@banli/store';
import type {CaseDeps} from './deps.js';
import {textOrNull} from './context.js';
import {caseErrors} from './errors.js';
import type {CaseWordHint} from './ports.js';
import {factsOf} from './release-facts.js';

type Values = Readonly<Record<string, unknown>>;

/** A hint at registration. `taken`: the case carries everything that the hint proposed; `null` where it proposed nothing. */
export interface KeptHint extends CaseWordHint {
  readonly taken: boolean | null;
}

/** What the negative list says of a new case: `entries` that speak against it, the `reason` to accept it all the same, whether it is only `answered` because of them, and what is wrong without a reason. */
export interface Acceptance {
  readonly entries: readonly string[];
  readonly reason: string | null;
  readonly answered: boolean;
  readonly problems: readonly Problem[];
}

/** Where and when a case is taken down: the lists of that area hold. */
export interface TakenDown {
  readonly unitId: string;
  readonly at: number;
}

/** Holds a new case against the negative list. A case that is answered at once, and an application without a field for the reason, are left alone. */
export async function checkAccepted(deps: Pick<CaseDeps, 'catalogs' | 'people'>, release: CompiledBundle, values: Values, {unitId, at}: TakenDown): Promise<Acceptance> {
  const {registration, caseFields} = release.bundle.manifest;
  const field = registration?.acceptReason;
  if (field === undefined || !deps.catalogs.words) return {entries: [], reason: null, answered: false, problems: []};
  const matter = caseFields.matter === undefined ? null : textOrNull(values[caseFields.matter]);
  const found = await deps.catalogs.words.notAccepted({text: toldText(release, values), ...(matter === null ? {} : {matter}), at, areaCode: deps.people.unit(unitId)?.areaCode});
  if (isAnswered(registration, values)) return {entries: [], reason: null, answered: found.length > 0, problems: []};
  const reason = textOrNull(values[field])?.trim() ?? '';
  const problems = reason === '' ? found.map(entry => problemOf(entry, field)) : [];
  return {entries: found.map(({entry}) => entry), reason: found.length === 0 || reason === '' ? null : reason, answered: false, problems};
}

function isAnswered(registration: RegistrationRules | undefined, values: Values): boolean {
  return (registration?.answers ?? []).some(answer => Object.entries(answer.values).every(([name, value]) => values[name] === value));
}

type Entry = Awaited<ReturnType<NonNullable<CaseDeps['catalogs']['words']>['notAccepted']>>[number];

function problemOf({title, guidance, basis, source}: Entry, field: string): Problem {
  const error = caseErrors.NOT_ACCEPTED({title: title['zh-CN'], guidance: guidance['zh-CN'], basis: basis ?? source.replace(/^own:\s*/, '自定（无文件依据）：')});
  return {code: error.code, message: error.message, place: {field}, details: error.details};
}

/** Looks for listed words in the texts of a new case and says which hints were taken over; nothing in the case is changed by them. */
export async function findHints(deps: Pick<CaseDeps, 'catalogs' | 'people'>, release: CompiledBundle, values: Values, {unitId, at}: TakenDown): Promise<readonly KeptHint[]> {
  const text = toldText(release, values);
  if (text === '' || !deps.catalogs.words) return [];
  const found = await deps.catalogs.words.find({text, scope: 'order', at, areaCode: deps.people.unit(unitId)?.areaCode});
  return found.map(hint => ({...hint, taken: isTaken(release, values, hint)}));
}

/** The values with the hints in words, where the bundle has a field for them; in English, too, where that field names one for it. */
export function withHints(release: CompiledBundle, values: Values, hints: readonly KeptHint[]): Values {
  const field = release.bundle.manifest.registration?.hints;
  if (field === undefined) return values;
  const english = factsOf(release).fields.get(field)?.['x-banli']?.english;
  const rest = Object.fromEntries(Object.entries(values).filter(([name]) => name !== field && name !== english));
  if (hints.length === 0) return rest;
  return {...rest, [field]: hints.map(inWords).join('\n'), ...(english === undefined ? {} : {[english]: hints.map(inEnglish).join('\n')})};
}

/** Keeps the hints of a new case, in the transaction of its registration. */
export async function keepHints(tx: Tx, caseId: string, hints: readonly KeptHint[], at: number): Promise<void> {
  const rows = hints.map(({catalog, row, version, classCode, risk, taken}) => ({case_id: caseId, catalog, row_key: row, version, class_code: classCode, risk, taken, found_at: at}));
  if (rows.length > 0) await insertRows(tx, 'case_word_hint', rows);
}

/** What the citizen said: every text that the forms bind to `words: order`. */
function toldText(release: CompiledBundle, values: Values): string {
  const told = [...factsOf(release).fields].filter(([, node]) => node['x-banli']?.words === 'order');
  return told.map(([name]) => textOrNull(values[name]) ?? '').join('。');
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

/** The word stays as it was typed. */
function inEnglish({word, classTitle, risk, taken}: KeptHint): string {
  const what = [classTitle?.en ?? classTitle?.['zh-CN'] ?? '', risk === null ? '' : `${risk} risk`].filter(part => part !== '').join(', ');
  return `“${word}”${what === '' ? '' : ` (${what})`}${taken === null ? '' : taken ? ': taken over' : ': not taken over'}`;
}

/** What is audited of a case that was accepted although the negative list speaks against it. */
export function acceptedAudit(acceptance: Acceptance | undefined): Readonly<Record<string, unknown>> {
  return acceptance && acceptance.reason !== null ? {notAccepted: acceptance.entries, acceptReason: acceptance.reason} : {};
}
