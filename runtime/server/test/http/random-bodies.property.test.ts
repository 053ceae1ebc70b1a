import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import {recount} from '@banli/cases';
import type {CaseViewJson} from '@banli/api';
import {propertySeed} from '@banli/testing/property-seed';
import {accountsOf, choicesOf, fill, openTasks, sureValues, uploadPicture} from '../support/hotline-people.js';
import {allFields, drawRequest, type Drawn, type Ground} from '../support/random-requests.js';
import {startWholeServer, type Answered, type Caller, type WholeServer} from '../support/whole-server.js';

/** Twenty hundreds by default; the seed is another one each time and can be given. */
const runs = 100 * Number(process.env['BANLI_PROPERTY_RUNS'] ?? 20);
/** What a refused command leaves: a row of who was refused what, a session that was used. */
const leftAlways = new Set(['audit_entry', 'session', 'lease', 'setting', 'login_failure']);

/** What is written, table by table: every row of a case, and how many rows there are of everything. */
async function written({platform: {store: {knex}}}: WholeServer, tables: Readonly<Record<string, readonly string[]>>, caseId: string | null): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [table, columns] of Object.entries(tables)) {
    const key = table === 'case_record' ? 'id' : columns.includes('case_id') ? 'case_id' : null;
    const rows: unknown[] = caseId !== null && key !== null ? await knex(table).where({[key]: caseId}) : [];
    const [{count = 0} = {}] = (await knex(table).count({count: '*'})) as Array<{count?: number}>;
    found[table] = `${count} rows, ${createHash('sha256').update(JSON.stringify(rows)).digest('hex').slice(0, 12)}`;
  }
  return found;
}

/** Tables that a command may write to, with their columns. */
async function watchedTables({platform: {store: {knex}}}: WholeServer): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = (await knex('sqlite_master').where({type: 'table'}).select('name')) as Array<{name: string}>;
  const found: Record<string, readonly string[]> = {};
  for (const {name} of rows) if (/^(case_|sms|notice|worker_run|file|recent_reason)/.test(name) && !leftAlways.has(name)) found[name] = Object.keys(await knex(name).columnInfo());
  return found;
}

/** Throws where an answer is none that a person could work with. */
function assertAnswer({sent, mustFail, broken}: Drawn, {status, text}: Answered): void {
  assert.ok(status >= 200 && status < 500, `${status}`);
  assert.doesNotMatch(text, /\bat .+\.ts:\d+|node_modules|SqliteError|SQLITE_/, 'shows the inside');
  if (mustFail) assert.ok(status >= 400, `${broken ?? ''} was taken: ${status}`);
  if (status < 400) return;
  const refusal = JSON.parse(text) as {code: string; messageZh: string; message: string; problems: ReadonlyArray<{code: string; messageZh?: string}>};
  assert.match(refusal.code, /^[A-Z]+_[A-Z_]+$/);
  for (const said of [refusal, ...refusal.problems]) {
    assert.match(said.messageZh ?? '', /[\u4e00-\u9fff]/u, `${said.code} says nothing to act on`);
    assert.doesNotMatch(said.messageZh ?? '', /\{\w+\}|undefined|\[object/, said.code);
  }
  assert.ok(text.length < 100_000, `${sent.path}: a refusal of ${text.length} characters`);
}

async function openGround(server: WholeServer): Promise<Ground> {
  const files = new Map<string, string[]>();
  for (const account of ['shi.shouli', 'ts.chengguan', 'ts.zhujian', 'ts.fenzhongxin', 'ts.jiefang', 'shi.wenlv', 'shi.renshe']) files.set(account, [await uploadPicture(await server.as(account))]);
  return {server, accounts: await accountsOf(server), choices: await choicesOf(server), files, drafts: [], fields: await allFields(server)};
}

/** Remembers what a request made, and lets workers do what it began. */
async function goOn({server, files, drafts}: Ground, {kind, caller, caseId}: Drawn, {text}: Answered): Promise<void> {
  const made = JSON.parse(text) as {id?: string; cases?: ReadonlyArray<{caseId: string}>};
  if (kind === 'upload' && made.id !== undefined) files.set(caller.account, [...(files.get(caller.account) ?? []), made.id].slice(-6));
  if (kind === 'draft' && made.id !== undefined && !drafts.some(draft => draft.id === made.id)) drafts.push({id: made.id, account: caller.account});
  const touched = [...(caseId === null ? [] : [caseId]), ...(kind === 'start' ? (made.cases ?? []).map(each => each.caseId) : [])];
  for (const id of touched) await server.work(id);
}

const forward: Readonly<Record<string, readonly string[]>> = {
  reviewIntake: ['dispatch'], dispatchCase: ['dispatch'], signCase: ['sign'], handleCase: ['submit'], confirmLower: ['quote'], reviewReturn: ['refuse'], reviewResult: ['quote', 'approve', 'grantAppeal', 'refuseAppeal', 'refuse'],
  reviewExtension: ['refuse'], reviewPause: ['refuse'], reviewResume: ['approve'], callbackCitizen: ['submit'], recheckCase: ['redo', 'dispatch', 'again'], superviseClose: ['close'],
};

/** Drives a case to its end as its people would. */
async function driveToEnd(ground: Ground, caseId: string): Promise<void> {
  const {server, accounts} = ground;
  const passed: string[] = [];
  for (;;) {
    await server.work(caseId);
    const [task] = (await openTasks(server, accounts, caseId)).slice(-1);
    if (!task) return;
    assert.ok(passed.push(task.stepId) < 40, `never ends: ${passed.join()}`);
    await finish(ground, await task.holder(), task);
  }
}

/** Units that have not returned the order yet are tried one after the other, as a dispatcher would. */
const units = [undefined, 'u650102-chengguan', 'u650102-centre', 'u650102-zhujian', 'u650102004'];

async function finish(ground: Ground, holder: Caller, {id, caseId, stepId}: {readonly id: string; readonly caseId: string; readonly stepId: string}): Promise<void> {
  const draw = <Value>(arbitrary: fc.Arbitrary<Value>): Value => fc.sample(arbitrary, {numRuns: 1, seed: 1})[0] as Value;
  const view = await holder.call<CaseViewJson>('GET', `/api/cases/${caseId}`);
  const task = view.tasks.find(each => each.id === id);
  if (!task) throw new Error(`${holder.account} does not see ${stepId}`);
  const outcome = (forward[stepId] ?? []).map(wanted => task.outcomes.find(each => each.id === wanted)).find(each => each) ?? task.outcomes[0];
  if (!outcome) return void (await holder.call('POST', `/api/tasks/${id}/requests`, {actionId: 'resume', values: {requestReason: '已收到答复'}, caseVersion: view.version}));
  const choices = {...ground.choices, files: ground.files.get(holder.account) ?? [await uploadPicture(holder)]};
  const sure = sureValues(view, task, choices);
  const answers: string[] = [];
  for (const unit of stepId === 'dispatchCase' ? units : [undefined]) {
    const values = {...fill(draw, {schema: view.form.schema, access: task.access ?? {}}, {requires: outcome.requires, choices, sure, more: false, exact: true}), ...(unit === undefined ? {} : {leadUnit: unit})};
    const {status, text} = await holder.send({method: 'POST', path: `/api/tasks/${id}/complete`, type: 'application/json', body: JSON.stringify({outcome: outcome.id, values, caseVersion: view.version})});
    if (status < 300) return;
    answers.push(text);
  }
  throw new Error(`${holder.account} cannot finish ${stepId} with ${outcome.id}: ${answers.join('\n')}`);
}

test('whatever people send at real tasks and cases: never a failure of ours, what is refused leaves nothing and says what to do, and every case comes to its end', async t => {
  t.timeout(900_000);
  const server = await startWholeServer(t);
  const ground = await openGround(server);
  const tables = await watchedTables(server);
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.gen(), async gen => {
      const drawn = await drawRequest(ground, arbitrary => gen(() => arbitrary));
      const before = await written(server, tables, drawn.caseId);
      const answered = await drawn.caller.send(drawn.sent);
      const what = `${answered.status < 400 ? 'taken' : 'refused'}${drawn.broken === null ? '' : ' broken'}`;
      seen.set(`${drawn.kind} ${what}`, (seen.get(`${drawn.kind} ${what}`) ?? 0) + 1);
      try {
        assertAnswer(drawn, answered);
        if (answered.status >= 400) assert.deepEqual(await written(server, tables, drawn.caseId), before, 'what was refused left something behind');
        else await goOn(ground, drawn, answered);
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : String(error)}\n${drawn.caller.account} ${drawn.sent.method} ${drawn.sent.path} (${drawn.broken ?? 'whole'}) ${String(drawn.sent.body).slice(0, 1500)}\n→ ${answered.status} ${answered.text.slice(0, 1500)}`, {cause: error});
      }
    }),
    {numRuns: runs, seed: propertySeed, endOnFailure: true, includeErrorInReport: true},
  );
  t.log(`seed ${propertySeed}, ${runs} requests: ${[...seen].sort().map(([what, count]) => `${what} ${count}`).join(', ')}`);
  for (const kind of ['start', 'complete', 'request', 'saveDraft', 'append', 'link', 'duplicates', 'draft', 'upload']) t.true((seen.get(`${kind} taken`) ?? 0) >= runs / 200, `too few of ${kind} got through to say anything`);
  await endAll(ground);
  t.deepEqual(server.lines, [], 'nothing went wrong inside');
});

/** Drives cases of every kind of open step to their end, and holds both sides against each other. */
async function endAll(ground: Ground): Promise<void> {
  const {server, accounts} = ground;
  const steps = new Map<string, string[]>();
  for (const {stepId, caseId} of await openTasks(server, accounts)) steps.set(stepId, [...(steps.get(stepId) ?? []), caseId]);
  const chosen = new Set([...steps.values()].flatMap(cases => cases.slice(0, 3)));
  for (const caseId of chosen) await driveToEnd(ground, caseId);
  const rows = await server.platform.store.knex('case_record').whereIn('id', [...chosen]).select<Array<{status: string}>>('status');
  assert.deepEqual([...new Set(rows.map(row => row.status))], ['ended']);
  assert.deepEqual(await recount(server.platform.store), []);
  assert.equal((await server.platform.store.knex('case_outbox').where({status: 'pending'})).length, 0, 'nothing waits for the engine');
}
