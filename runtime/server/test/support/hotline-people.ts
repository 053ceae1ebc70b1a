import type {CaseTaskView, CaseViewJson} from '@banli/api';
import fc, {type Arbitrary} from 'fast-check';
import {fieldsIn, valuesFor, type Choices} from './form-values.js';
import {nobodysId, type Caller, type WholeServer} from './whole-server.js';

type Json = Record<string, unknown>;

/** Draws a value; the run of the property remembers which. */
export type Draw = <Value>(arbitrary: Arbitrary<Value>) => Value;

/** An open task with somebody who may finish it. */
export interface OpenTask {
  readonly id: string;
  readonly caseId: string;
  readonly stepId: string;
  readonly holder: Caller;
}

/** Values of an ordinary order; all persons are invented. */
export const order = {name: '李明远', gender: 'male', phone: '13899990001', nature: 'complaint', channel: 'phone', title: '小区门口占道经营', content: '每天早晨有流动摊贩占道经营，希望尽快处理。', area: '650102004', place: '解放南路小区东门', matter: '020101', urgency: 'normal', callbackWanted: true, intakeRoute: 'dispatch'};
/** Matters of different forms and units, with the nature that fits them. */
export const natures: Readonly<Record<string, string>> = {'020101': 'complaint', '030101': 'complaint', '040201': 'consult', '010101': 'complaint', '050101': 'complaint'};

/** What is open of all cases and held by somebody who can sign in, oldest first: at a unit without people a task waits for whoever comes. */
export async function openTasks({platform, as}: WholeServer, accounts: ReadonlyMap<string, string>, caseId?: string): Promise<ReadonlyArray<Omit<OpenTask, 'holder'> & {holder(): Promise<Caller>}>> {
  const rows = await platform.store.knex('case_task').where({status: 'open', ...(caseId === undefined ? {} : {case_id: caseId})}).orderBy('id').select<Array<{id: string; case_id: string; step_id: string; home_queue: string; assignee_id: string | null}>>('id', 'case_id', 'step_id', 'home_queue', 'assignee_id');
  return rows.flatMap(row => {
    const [roles = '', unitId = ''] = row.home_queue.split('@');
    const login = accounts.get(row.assignee_id ?? platform.people.holders(roles.split(','), unitId)[0]?.id ?? '');
    return login === undefined ? [] : [{id: row.id, caseId: row.case_id, stepId: row.step_id, holder: () => as(login)}];
  });
}

/** Logins by person. */
export async function accountsOf({platform}: WholeServer): Promise<ReadonlyMap<string, string>> {
  const rows = await platform.store.knex('account').select<Array<{person_id: string; login: string}>>('person_id', 'login');
  return new Map(rows.map(row => [row.person_id, row.login]));
}

/** What people choose from: units, keys of every catalog of the forms. */
export async function choicesOf({platform}: WholeServer): Promise<Omit<Choices, 'files'>> {
  const rows = await platform.store.knex('catalog_row').join('catalog_version', 'catalog_version.id', 'catalog_row.version_id').whereNot('catalog_id', 'matters').select<Array<{catalog_id: string; row_key: string}>>('catalog_id', 'row_key');
  const keys: Record<string, string[]> = {matters: Object.keys(natures)};
  for (const {catalog_id: id, row_key: key} of rows) if ((keys[id] ??= []).length < 40) keys[id].push(key);
  const units = await platform.store.knex('unit').select<Array<{id: string}>>('id');
  return {units: units.map(unit => unit.id), keys};
}

/** Values for a start form or a step: what must be filled, and some of what may be. `sure` stands for what only few values would do for, always where it is `exact`. */
export function fill(draw: Draw, form: {readonly schema: unknown; readonly access: Readonly<Record<string, string>>}, {requires, choices, sure, more, exact = false}: {readonly requires: readonly string[]; readonly choices: Choices; readonly sure: Json; readonly more: boolean; readonly exact?: boolean}): Json {
  const values: Json = {};
  for (const [name, field] of fieldsIn(form.schema)) {
    const access = form.access[name];
    if (access !== 'edit' && access !== 'required') continue;
    const isNeeded = access === 'required' || requires.includes(name) || field['x-banli']?.requiredWhen === 'true';
    if (!isNeeded && !(name in sure) && !(more && draw(fc.nat({max: 7})) === 0)) continue;
    const isSure = name in sure && (exact || draw(fc.nat({max: 9})) > 0);
    values[name] = isSure ? sure[name] : draw(valuesFor(field, choices));
  }
  return values;
}

/** What only few values would do for at a step. */
export function sureValues(view: CaseViewJson, task: CaseTaskView, choices: Choices): Json {
  const {values} = view.form;
  const proposed = values['proposedLeadUnit'];
  const evidence = choices.files.slice(0, 1);
  if (task.stepId === 'supplementCase') return {...order, matter: values['matter'], channel: values['channel'], nature: natures[String(values['matter'])], area: values['area']};
  if (task.stepId === 'dispatchCase') return {mode: 'single', leadUnit: proposed ?? 'u650102-chengguan', assistUnits: [], changeReason: '按职责改派'};
  if (task.stepId === 'handleCase') return {delegateUnit: 'u650102004', evidence, result: '已清理', basis: '相关管理规定', extensionAmount: 1, pauseCondition: 'third-party-reply', pauseEvidence: evidence, requestReason: '等待答复'};
  if (task.stepId === 'callbackCitizen') return {callScore: 5, handlingScore: 5};
  return {};
}

/** Somebody uploads a small picture. */
export async function uploadPicture(caller: Caller): Promise<string> {
  const {status, text} = await caller.send(multipart([{field: 'file', name: '现场.png', type: 'image/png', bytes: onePixel}]));
  if (status >= 300) throw new Error(`no picture: ${status} ${text}`);
  return (JSON.parse(text) as {id: string}).id;
}

/** The smallest picture there is. */
export const onePixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** A part of an upload, as it goes over the wire. */
export interface Part {
  readonly field: string;
  readonly name: string | null;
  readonly type: string;
  readonly bytes: Buffer;
}

/** An upload of these parts. */
export function multipart(parts: readonly Part[], boundary = `b${nobodysId()}`) {
  const pieces = parts.flatMap(({field, name, type, bytes}) => [Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${field}"${name === null ? '' : `; filename="${name}"`}\r\ncontent-type: ${type}\r\n\r\n`), bytes, Buffer.from('\r\n')]);
  return {method: 'POST', path: '/api/files', type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)])};
}
