import type {ClockSubject} from '@banli/cases';
import {resolveText} from '@banli/expressions';
import type {LapseStep, LocalizedText, NoticeReceiver, WarnStep} from '@banli/formats';
import type {Tx} from '@banli/store';
import {formatMoment, parseDuration} from '@banli/time';
import type {FiringDeps} from './deps.js';
import {climbOf, isLeftToApplication, receiversOf, type ClimbStep} from './ladder.js';
import type {ClockRow} from './model.js';
import {textKey} from './texts.js';

/**
 * Writes the notices of one threshold, in the transaction that marks it as passed: each person gets one, however many steps name him.
 * A case that has ended is left in peace.
 *
 * @param threshold - `warn`: the lead of the limit's row; `near`: the last working half-day.
 * @see Source: requirements/xinjiang-hotline.md §2.1.10, §2.6
 */
export async function tellWarned(deps: FiringDeps, tx: Tx, row: ClockRow, threshold: WarnStep['at'], at: number): Promise<void> {
  const steps = (row.facts.warn ?? []).filter(step => step.at === threshold);
  const codes = threshold === 'warn' ? (row.facts.warnReceivers ?? []) : [];
  const subject = steps.length + codes.length === 0 ? null : await deps.signals.subject(tx, row.caseId);
  if (!subject) return;
  const told = new Set<string>();
  const title = threshold === 'warn' ? {'zh-CN': '预警', en: 'warning'} : {'zh-CN': '临期', en: 'nearly due'};
  const named = await known(deps, tx, row, codes, {subject, at});
  for (const step of named.length > 0 ? named : steps) {
    const personIds = (await address(deps, tx, row, step, {subject, at})).filter(id => !told.has(id));
    personIds.forEach(id => told.add(id));
    const kind = threshold === 'warn' ? 'clock.warned' : 'clock.critical';
    await tell(deps, tx, row, step, {personIds, kind, key: threshold, at, title: titleOf(row, subject, title), body: bodyOf(row, step.text)});
  }
}

/**
 * Writes the notices of one step after a lapse. Of several at the same moment each person gets the first that names him.
 *
 * @param index - The place of the step in `climbOf`.
 */
export async function tellLapsed(deps: FiringDeps, tx: Tx, row: ClockRow, index: number, at: number): Promise<void> {
  const subject = await deps.signals.subject(tx, row.caseId);
  const steps = climbOf(row.facts);
  const step = steps[index];
  if (!subject || !step) return;
  const occasion = {subject, at};
  const told = new Set<string>();
  for (const before of steps.slice(0, index).filter(({after}) => parseDuration(after) === parseDuration(step.after))) {
    for (const naming of namingsOf(row, before, subject)) for (const id of (await findReceivers(deps, tx, naming, occasion)).personIds) told.add(id);
  }
  if (step.do === 'tell') await known(deps, tx, row, step.receivers, occasion);
  for (const naming of namingsOf(row, step, subject)) {
    const personIds = (await address(deps, tx, row, naming, occasion)).filter(id => !told.has(id));
    personIds.forEach(id => told.add(id));
    await tell(deps, tx, row, naming, {personIds, kind: 'clock.lapsed', key: `lapse.${step.after}`, at, title: titleOf(row, subject, {'zh-CN': '超期', en: 'lapsed'}), body: naming.body});
  }
}

/** Whom a step tells what: itself, unless the ladder of the catalog says who is told; the receivers of a rung. */
function namingsOf(row: ClockRow, step: ClimbStep, subject: ClockSubject): ReadonlyArray<Naming & {readonly body: LocalizedText; readonly sms?: boolean}> {
  const due = {'zh-CN': `应于 ${dueOf(row)} 前完成`, en: `Was due ${dueOf(row)}`};
  if (step.do !== 'tell') return step.do === 'notify' && isLeftToApplication(row.facts, step, subject) ? [{...step, body: step.text ?? due}] : [];
  return receiversOf(step.receivers, subject).map(receiver => {
    const said = [due, step.text, ...(receiver.text ? [receiver.text] : [])];
    return {...receiver, body: {'zh-CN': `${said.map(text => text['zh-CN']).join('。')}。`, en: `${said.map(text => text.en ?? text['zh-CN']).join('. ')}.`}};
  });
}

/** Receivers by their codes; a code that the application does not know is told to the log, and raises an alarm. */
async function known(deps: FiringDeps, tx: Tx, row: ClockRow, codes: readonly string[], {subject, at}: Occasion): Promise<readonly NoticeReceiver[]> {
  const found = receiversOf(codes, subject);
  const missing = [...new Set(codes.filter(code => !found.some(({id}) => id === code)))];
  if (missing.length > 0) deps.log.warn('deadlines.notify.unknown', {caseId: row.caseId, clock: row.clock, receivers: missing.join()});
  for (const code of missing) await deps.signals.alarm(tx, {at, text: unknownReceiver(code, subject.bundleId)});
  return found;
}

function unknownReceiver(code: string, application: string): LocalizedText {
  return {
    'zh-CN': `时限目录的告知对象“${code}”在应用“${application}”中没有定义，未按此告知任何人。请在该应用 limits.yaml 的 receivers 中补充并发布该应用，或在时限目录中改选告知对象`,
    en: `The limits catalog names the receiver "${code}", which the application "${application}" does not know: nobody was told under that name. Add it to receivers of its limits.yaml and publish the application, or choose another receiver in the catalog`,
  };
}

interface Told {
  readonly personIds: readonly string[];
  readonly kind: string;
  readonly key: string;
  readonly at: number;
  readonly title: LocalizedText;
  readonly body: LocalizedText;
}

/** A notice to each, and a text message where the step wants one. */
async function tell(deps: FiringDeps, tx: Tx, row: ClockRow, step: Pick<WarnStep, 'sms'>, {key, ...told}: Told): Promise<void> {
  if (told.personIds.length === 0) return;
  await deps.notices.notify(tx, {...told, caseId: row.caseId});
  if (step.sms) await deps.texts?.send(tx, {...told, caseId: row.caseId, key: textKey(row, key), dueAt: row.dueAt});
}

type Naming = Pick<LapseStep, 'role' | 'unit' | 'recipient'>;
type Occasion = {readonly subject: ClockSubject; readonly at: number};

/** Persons in the roles at the unit; a unit that is empty on purpose names nobody. */
async function findReceivers(deps: FiringDeps, tx: Tx, step: Naming, {subject, at}: Occasion): Promise<{readonly roles: readonly string[]; readonly unitId: string; readonly personIds: readonly string[]}> {
  const roles = textOf(step.role, subject).split(',').map(role => role.trim()).filter(role => role !== '');
  const unitId = step.recipient === undefined ? textOf(step.unit, subject) : await supervisorOf(deps, tx, subject, at);
  return {roles, unitId, personIds: unitId === '' ? [] : [...new Set(deps.people.holders(roles, unitId).map(person => person.id))]};
}

/** The receivers of a step that is told now. A unit without such a person is told to the log; whoever is told of a case by a catalog may read it from now on. */
async function address(deps: FiringDeps, tx: Tx, row: ClockRow, step: Naming, occasion: Occasion): Promise<readonly string[]> {
  const {roles, unitId, personIds} = await findReceivers(deps, tx, step, occasion);
  if (unitId !== '' && personIds.length === 0) deps.log.warn('deadlines.notify.nobody', {caseId: row.caseId, clock: row.clock, unitId, roles: roles.join()});
  if (step.recipient !== undefined && personIds.length > 0) await deps.signals.involve(tx, occasion.subject.caseId, unitId);
  return personIds;
}

/** The industry supervisor of the case, by the catalogs of the moment; empty where there is none. */
async function supervisorOf(deps: FiringDeps, tx: Tx, {matter, areaCode, industry}: ClockSubject, at: number): Promise<string> {
  if (matter === null) return '';
  const found = await deps.catalogs.industrySupervisor?.({matterCode: matter, areaCode, at, ...(industry == null ? {} : {industryCode: industry})}, tx);
  return found?.unitId ?? '';
}

function titleOf(row: ClockRow, subject: ClockSubject, what: {readonly 'zh-CN': string; readonly en: string}): LocalizedText {
  const {title} = row.facts;
  const number = subject.number ?? '';
  return {'zh-CN': `${number} ${title['zh-CN']}${what['zh-CN']}`.trim(), en: `${number} ${title.en ?? title['zh-CN']}: ${what.en}`.trim()};
}

/** When it is due, then what the rule says. */
function bodyOf(row: ClockRow, text: LocalizedText | undefined): LocalizedText {
  const due = dueOf(row);
  return {'zh-CN': `${due} 到期。${text?.['zh-CN'] ?? ''}`, en: `Due ${due}. ${text?.en ?? ''}`.trim()};
}

function dueOf(row: ClockRow): string {
  return row.dueAt === null ? '' : formatMoment(row.dueAt);
}

function textOf(source: string | undefined, subject: ClockSubject): string {
  const value = source === undefined ? '' : resolveText(source, subject.context);
  return typeof value === 'string' ? value : '';
}
