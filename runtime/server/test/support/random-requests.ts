import type {CaseViewJson} from '@banli/api';
import fc from 'fast-check';
import {breakages, type Meant} from './broken-bodies.js';
import {fieldsIn} from './form-values.js';
import {choicesOf, fill, multipart, natures, onePixel, openTasks, order, sureValues, type Draw} from './hotline-people.js';
import type {Caller, Sent, WholeServer} from './whole-server.js';

/** A request that goes out, what it is about, and how it was broken. */
export interface Drawn {
  readonly kind: string;
  readonly caller: Caller;
  readonly caseId: string | null;
  readonly sent: Sent;
  readonly broken: string | null;
  readonly mustFail: boolean;
}

/** What the draws have to know of the server. */
export interface Ground {
  readonly server: WholeServer;
  readonly accounts: ReadonlyMap<string, string>;
  readonly choices: Awaited<ReturnType<typeof choicesOf>>;
  /** Files by the person who uploaded them. */
  readonly files: Map<string, string[]>;
  /** Ids of drafts, with the account they are of. */
  readonly drafts: Array<{readonly id: string; readonly account: string}>;
  readonly fields: readonly string[];
}

interface Plan extends Meant {
  readonly caller: Caller;
  readonly caseId: string | null;
  readonly method: string;
  path(ids: Meant['ids']): string;
}

type Make = (ground: Ground, draw: Draw) => Promise<Plan | null>;

const clerks = fc.constantFrom('shi.shouli', 'shi.shouli', 'qu.shouli');
const texts = fc.oneof(fc.constantFrom('来电人补充：周末也有', '请尽快', '🙂𠮷'), fc.string({unit: 'grapheme', minLength: 1, maxLength: 60}));

const makers: Readonly<Record<string, {readonly weight: number; readonly make: Make}>> = {
  start: {weight: 10, make: makeStart},
  complete: {weight: 30, make: makeComplete},
  request: {weight: 18, make: makeRequest},
  saveDraft: {weight: 10, make: (ground, draw) => makeAtTask(ground, draw, async (_, view, task) => {
    const values = fill(draw, {schema: view.form.schema, access: task.access ?? {}}, {requires: [], choices: choicesOfPerson(ground, task.holder), sure: {}, more: true});
    return {method: 'PUT', end: 'draft', body: {values}};
  })},
  append: {weight: 8, make: (ground, draw) => makeAtCase(ground, draw, 'append', () => ({text: draw(texts)}))},
  urge: {weight: 2, make: (ground, draw) => makeAtCase(ground, draw, 'urge', () => ({text: draw(texts)}))},
  strands: {weight: 3, make: (ground, draw) => makeAtCase(ground, draw, 'strands', () => ({kind: 'supervision', values: {superviseRequirement: draw(texts), ...(draw(fc.boolean()) ? {superviseTemplate: draw(fc.constantFrom('cross-department', 'no-such-row'))} : {})}}), 'shi.duban')},
  link: {weight: 12, make: (ground, draw) => makeAtCase(ground, draw, 'links', cases => ({otherCaseId: draw(fc.constantFrom(...cases)), ...(draw(fc.boolean()) ? {relation: draw(fc.constantFrom('same', 'repeat'))} : {})}))},
  cancel: {weight: 1, make: (ground, draw) => makeAtCase(ground, draw, 'cancel', () => ({reason: draw(texts), caseVersion: 1_000}), 'shi.zhiban')},
  duplicates: {weight: 6, make: makeDuplicates},
  draft: {weight: 8, make: makeDraft},
};

/** Draws a request of somebody real at something real; about one in five is broken, some come from somebody else. */
export async function drawRequest(ground: Ground, draw: Draw): Promise<Drawn> {
  if (draw(fc.nat({max: 11})) === 0) return drawUpload(ground, draw);
  const kind = draw(fc.oneof(...Object.entries(makers).map(([name, {weight}]) => ({weight, arbitrary: fc.constant(name)}))));
  // Where nothing of the kind can be done just now, cases go on, or the first ones begin.
  const made = await firstOf([kind, 'complete', 'start'], async name => makers[name]?.make(ground, draw) ?? null);
  if (!made) throw new Error('a case can always be started');
  const [madeKind, plan] = made;
  const isBroken = draw(fc.nat({max: 4})) === 0;
  const breakage = isBroken ? draw(breakages(ground.fields, await foreignIds(ground))) : null;
  const caller = draw(fc.nat({max: 14})) === 0 ? await ground.server.as(draw(fc.constantFrom(...ground.accounts.values()))) : plan.caller;
  const {ids, body} = breakage?.apply(plan) ?? plan;
  const json = JSON.stringify(body);
  return {kind: madeKind, caller, caseId: plan.caseId, broken: breakage?.name ?? null, mustFail: breakage?.mustFail ?? false, sent: {method: plan.method, path: plan.path(ids), type: 'application/json', body: breakage?.text(json) ?? json}};
}

async function firstOf(names: readonly string[], make: (name: string) => Promise<Plan | null>): Promise<readonly [string, Plan] | null> {
  for (const name of names) {
    const plan = await make(name);
    if (plan) return [name, plan];
  }
  return null;
}

async function makeStart({server, choices, files}: Ground, draw: Draw): Promise<Plan> {
  const caller = await server.as(draw(clerks));
  const matter = draw(fc.constantFrom(...(choices.keys['matters'] ?? [])));
  const channel = draw(fc.constantFrom('phone', 'phone', 'wechat'));
  const form = await caller.call<{schema: unknown; access: Record<string, string>; outcomes: ReadonlyArray<{requires: readonly string[]}>}>('GET', `/api/apps/hotline/start?matter=${matter}&channel=${channel}`);
  const item = () => {
    const intakeRoute = draw(fc.constantFrom('dispatch', 'dispatch', 'review', 'reply'));
    const sure = {...order, nature: natures[matter], intakeRoute, ...(intakeRoute === 'reply' ? {replyText: '已当场答复'} : {})};
    return {values: {...fill(draw, form, {requires: form.outcomes.flatMap(outcome => outcome.requires), choices: {...choices, files: files.get(caller.account) ?? []}, sure, more: draw(fc.boolean())}), matter, channel}};
  };
  const items = Array.from({length: draw(fc.constantFrom(1, 1, 1, 2))}, item);
  return {caller, caseId: null, ids: {}, method: 'POST', path: () => '/api/cases', body: {bundleId: 'hotline', items}};
}

/** A task of a step that is drawn first, so that rare steps have their turn. */
async function drawTask({server, accounts}: Ground, draw: Draw, only?: string) {
  const tasks = (await openTasks(server, accounts)).filter(task => only === undefined || task.stepId === only);
  const steps = [...new Set(tasks.map(task => task.stepId))].sort();
  if (steps.length === 0) return null;
  const step = draw(fc.constantFrom(...steps));
  const task = draw(fc.constantFrom(...tasks.filter(each => each.stepId === step)));
  return {...task, holder: await task.holder()};
}

type TaskView = CaseViewJson['tasks'][number] & {readonly holder: Caller};

async function makeAtTask(ground: Ground, draw: Draw, make: (ground: Ground, view: CaseViewJson, task: TaskView) => Promise<{method: string; end: string; body: Plan['body']} | null>, only?: string): Promise<Plan | null> {
  const drawn = await drawTask(ground, draw, only);
  if (!drawn) return null;
  const {holder, caseId} = drawn;
  const view = await holder.call<CaseViewJson>('GET', `/api/cases/${caseId}`);
  const task = view.tasks.find(each => each.id === drawn.id);
  const made = task && (await make(ground, view, {...task, holder}));
  return made ? {caller: holder, caseId, ids: {taskId: drawn.id}, method: made.method, path: ids => `/api/tasks/${encodeURIComponent(ids['taskId'] ?? '')}/${made.end}`, body: made.body} : null;
}

function makeComplete(ground: Ground, draw: Draw): Promise<Plan | null> {
  return makeAtTask(ground, draw, async (_, view, task) => {
    if (task.outcomes.length === 0) return null;
    const outcome = draw(fc.constantFrom(...task.outcomes));
    const choices = choicesOfPerson(ground, task.holder);
    const values = fill(draw, {schema: view.form.schema, access: task.access ?? {}}, {requires: outcome.requires, choices, sure: sureValues(view, task, choices), more: draw(fc.nat({max: 3})) === 0});
    return {method: 'POST', end: 'complete', body: {outcome: outcome.id, values, caseVersion: view.version}};
  });
}

/** 延期, 挂起, 恢复: at the step that has them. */
function makeRequest(ground: Ground, draw: Draw): Promise<Plan | null> {
  return makeAtTask(ground, draw, async (_, view, task) => {
    const actions = task.actions.filter(action => action.disabledReason === undefined);
    if (actions.length === 0) return null;
    const action = draw(fc.constantFrom(...actions));
    const choices = choicesOfPerson(ground, task.holder);
    const access = Object.fromEntries(Object.entries(task.access ?? {}).map(([name, held]) => [name, action.fields.includes(name) ? held : 'read']));
    const values = fill(draw, {schema: view.form.schema, access}, {requires: action.requires, choices, sure: sureValues(view, task, choices), more: true});
    return {method: 'POST', end: 'requests', body: {actionId: action.id, values, caseVersion: view.version}};
  }, 'handleCase');
}

async function makeAtCase({server}: Ground, draw: Draw, end: string, make: (cases: readonly string[]) => Plan['body'], account?: string): Promise<Plan | null> {
  const rows = await server.platform.store.knex('case_record').orderBy('id').select<Array<{id: string; status: string}>>('id', 'status');
  const cases = rows.filter(row => row.status === 'open' || draw(fc.nat({max: 5})) === 0).map(row => row.id);
  if (cases.length === 0) return null;
  const caseId = draw(fc.constantFrom(...cases));
  return {caller: await server.as(account ?? draw(clerks)), caseId, ids: {caseId}, method: 'POST', path: ids => `/api/cases/${encodeURIComponent(ids['caseId'] ?? '')}/${end}`, body: make(cases)};
}

async function makeDuplicates({server, choices}: Ground, draw: Draw): Promise<Plan> {
  const caller = await server.as(draw(clerks));
  return {caller, caseId: null, ids: {}, method: 'POST', path: () => '/api/cases/duplicates', body: {bundleId: 'hotline', values: {...order, matter: draw(fc.constantFrom(...(choices.keys['matters'] ?? []))), place: draw(texts)}}};
}

/** A case that is being typed: new, or one of before. */
async function makeDraft({server, drafts}: Ground, draw: Draw): Promise<Plan> {
  const body = {bundleId: 'hotline', items: [{...order, title: draw(texts)}]};
  const known = drafts.length > 0 && draw(fc.boolean()) ? draw(fc.constantFrom(...drafts)) : null;
  const caller = await server.as(known?.account ?? draw(clerks));
  return {caller, caseId: null, ids: known ? {draftId: known.id} : {}, method: known ? 'PUT' : 'POST', path: ids => (known ? `/api/drafts/${encodeURIComponent(ids['draftId'] ?? '')}` : '/api/drafts'), body};
}

const names = fc.constantFrom<string | null>('现场.png', '照片.png', '../../etc/passwd', 'x'.repeat(400), '', 'a\u0000.png', 'a.exe', '\ud800.png', '𠮷.pdf', 'con.png', null);
const contents = fc.oneof({weight: 4, arbitrary: fc.constant(onePixel)}, {weight: 1, arbitrary: fc.uint8Array({maxLength: 200}).map(bytes => Buffer.from(bytes))}, {weight: 1, arbitrary: fc.constantFrom(Buffer.from('MZ\u0000\u0001'), Buffer.from('%PDF-1.7\n'), Buffer.from('PK\u0003\u0004zip'), Buffer.from('<svg onload="x"/>'), Buffer.alloc(300_000, 1), Buffer.alloc(0))});
const types = fc.constantFrom('image/png', 'image/png', 'application/pdf', 'text/html', '', 'x'.repeat(300));

/** An upload: mostly a picture, else a name, a content or a form that lies. */
async function drawUpload({server}: Ground, draw: Draw): Promise<Drawn> {
  const caller = await server.as(draw(fc.constantFrom('shi.shouli', 'ts.chengguan', 'shi.wenlv', 'ts.fenzhongxin', 'ts.zhujian')));
  const parts = draw(fc.array(fc.record({field: fc.constantFrom('file', 'file', 'file', 'other', '__proto__'), name: names, type: types, bytes: contents}), {minLength: 0, maxLength: 3}));
  const isPlain = draw(fc.boolean());
  const whole = multipart(isPlain ? [{field: 'file', name: '现场.png', type: 'image/png', bytes: onePixel}] : parts, `b${draw(fc.nat())}`);
  const sent = draw(fc.nat({max: 5})) > 0 ? whole : draw(fc.constantFrom<Sent>({...whole, body: whole.body.subarray(0, Math.floor(whole.body.length / 2))}, {...whole, type: 'multipart/form-data'}, {...whole, type: 'multipart/form-data; boundary=none'}, {...whole, type: 'application/json'}, {...whole, body: Buffer.alloc(0)}));
  return {kind: 'upload', caller, caseId: null, sent, broken: sent === whole && isPlain ? null : 'a form of nonsense', mustFail: false};
}

function choicesOfPerson({choices, files}: Ground, {account}: Caller) {
  return {...choices, files: files.get(account) ?? []};
}

/** Ids that are somebody else's, or of something else. */
async function foreignIds({server, files, drafts}: Ground): Promise<readonly string[]> {
  const rows = await server.platform.store.knex('case_task').orderBy('id').limit(20).select<Array<{id: string; case_id: string}>>('id', 'case_id');
  return [...rows.flatMap(row => [row.id, row.case_id]), ...[...files.values()].flat().slice(0, 5), ...drafts.slice(0, 5).map(draft => draft.id)];
}

/** Names of all fields of the start form, also of those that a step hides. */
export async function allFields({as}: WholeServer): Promise<readonly string[]> {
  const form = await (await as('shi.shouli')).call<{schema: unknown}>('GET', '/api/apps/hotline/start');
  return [...fieldsIn(form.schema).keys(), 'leadUnit', 'satisfaction', 'proposedLeadUnit', 'superviseNumber', 'lastOpinion', 'opinion'];
}
