import type {Store} from '@banli/store';
import type {Checks} from '../checks.js';
import type {DrivenHotline} from './drive-hotline.js';

interface Line {readonly case_id: string; readonly kind: string; readonly task_id: string | null; readonly step_id: string | null}
interface Task {readonly id: string; readonly case_id: string; readonly step_id: string; readonly status: string; readonly outcome: string | null}
interface Entry {readonly subject: string; readonly action: string; readonly result: string; readonly data: string}

/** Looks at hotline orders after a drill: each command of each plan took effect once, and everything that follows from it is there once. */
export async function checkHotline(store: Store, driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  if (driven.length === 0) return;
  checks.say(`  — ${driven.length} hotline orders, ${driven.reduce((sum, order) => sum + order.commands.length, 0)} commands`);
  await checkCommands(store, driven, checks);
  await checkSequence(store, driven, checks);
  await checkWorkers(store, driven, checks);
  await checkPapers(store, driven, checks);
  await checkNotices(store, driven, checks);
}

/** What the persons saw done is done, once, and nothing else was. */
async function checkCommands(store: Store, driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const ids = driven.map(order => order.caseId);
  const tasks = (await store.knex('case_task').whereIn('case_id', ids).whereNotNull('outcome')) as Task[];
  const lines = (await store.knex('case_timeline').whereIn('case_id', ids)) as Line[];
  const entries = await entriesOf(store, ids, ['case.complete', 'case.request']);
  const wrong = (find: (order: DrivenHotline) => boolean): readonly string[] => driven.filter(find).map(order => order.number);

  const done = (order: DrivenHotline) => order.commands.filter(({act}) => act.outcome !== undefined);
  const lost = wrong(order => done(order).some(({act, taskId}) => !tasks.some(task => task.id === taskId && task.status === 'done' && task.step_id === act.step && task.outcome === act.outcome)));
  checks.check('no command is lost', lost.length === 0, lost);
  const doubled = wrong(order => tasks.filter(task => task.case_id === order.caseId).length !== done(order).length);
  checks.check('no task is completed twice', doubled.length === 0, doubled);

  const expected = (order: DrivenHotline) => order.commands.map(({act, taskId}) => `${act.outcome === undefined ? 'requested' : 'completed'} ${act.step} ${taskId}`).sort();
  const told = wrong(order => !same(lines.filter(line => line.case_id === order.caseId && ['completed', 'requested'].includes(line.kind)).map(line => `${line.kind} ${line.step_id} ${line.task_id}`).sort(), expected(order)));
  checks.check('the timeline has one line for each command', told.length === 0, told);
  const undone = lines.filter(line => line.kind === 'compensated').map(line => line.case_id);
  checks.check('no command was undone', undone.length === 0, undone);
  const audited = wrong(order => !same(entries.filter(entry => entry.subject === order.caseId && entry.result === 'done').map(entry => `${entry.action === 'case.request' ? 'requested' : 'completed'} ${taskOf(entry)}`).sort(), expected(order)));
  checks.check('the audit log has one row for each command', audited.length === 0, audited);
}

function taskOf(entry: Entry): string {
  const {stepId, taskId} = JSON.parse(entry.data) as {readonly stepId?: string; readonly taskId?: string};
  return `${stepId} ${taskId}`;
}

/** The number of commands that a case counts is that of the start, its people, its automatic steps and its lapse, which begins a supervision. */
async function checkSequence(store: Store, driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const rows = (await store.knex('case_record').whereIn('id', driven.map(order => order.caseId)).select('id', 'seq', 'acked_seq')) as ReadonlyArray<{id: string; seq: number; acked_seq: number}>;
  const wrong = driven.flatMap(order => {
    const row = rows.find(candidate => candidate.id === order.caseId);
    const lapses = order.plan.afterLapse === undefined ? 0 : 1;
    const expected = 1 + order.commands.length + lapses + Object.values(order.plan.workers).reduce((sum, count) => sum + count, 0);
    return row && Number(row.seq) === expected && Number(row.acked_seq) === expected ? [] : [{number: order.number, seq: row?.seq, acked: row?.acked_seq, expected}];
  });
  checks.check('each case counts the commands it was given', wrong.length === 0, wrong);
}

async function checkWorkers(store: Store, driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const ids = driven.map(order => order.caseId);
  const runs = (await store.knex('worker_run').whereIn('case_id', ids).where({result: 'complete'}).select('case_id', 'step_id')) as ReadonlyArray<{case_id: string; step_id: string}>;
  const entries = await entriesOf(store, ids, ['case.work']);
  const apart = driven.flatMap(order => {
    const ran = tally(runs.filter(run => run.case_id === order.caseId).map(run => run.step_id));
    const audited = tally(entries.filter(entry => entry.subject === order.caseId).map(entry => (JSON.parse(entry.data) as {stepId: string}).stepId));
    return same(ran, tally(spread(order.plan.workers))) && same(ran, audited) ? [] : [{number: order.number, ran, audited}];
  });
  checks.check('each automatic step of an order is carried out once', apart.length === 0, apart.slice(0, 2));
}

/** One reply paper for each time it was made, and one text message for each notice that was sent. */
async function checkPapers(store: Store, driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const ids = driven.map(order => order.caseId);
  const papers = (await store.knex('case_document').whereIn('case_id', ids).select('case_id', 'document_id')) as ReadonlyArray<{case_id: string; document_id: string}>;
  const made = driven.flatMap(order => Array<string>(order.plan.workers['renderReply'] ?? 0).fill(`${order.caseId} reply`)).sort();
  checks.check(`each paper exists once: ${papers.length}`, same(papers.map(paper => `${paper.case_id} ${paper.document_id}`).sort(), made), papers.length);
  const texts = (await store.knex('sms').whereIn('case_id', ids).select('case_id', 'kind')) as ReadonlyArray<{case_id: string; kind: string}>;
  const apart = driven.flatMap(order => {
    const sent = tally(texts.filter(text => text.case_id === order.caseId).map(text => text.kind));
    const {sendAcceptNotice = 0, sendCloseNotice = 0} = order.plan.workers;
    const wanted = tally(spread({'hotline.accepted': sendAcceptNotice, 'hotline.closed': sendCloseNotice, ...order.plan.texts}));
    return same(sent, wanted) ? [] : [{number: order.number, plan: order.plan.name, sent, wanted}];
  });
  checks.check(`each text message exists once: ${texts.length}`, apart.length === 0, apart.slice(0, 8));
}

/** Who is told of something is told once. */
async function checkNotices(store: Store, driven: readonly DrivenHotline[], checks: Checks): Promise<void> {
  const notices = (await store.knex('notice').whereIn('case_id', driven.map(order => order.caseId)).select('case_id', 'person_id', 'kind', 'title_zh')) as ReadonlyArray<{case_id: string; person_id: string; kind: string; title_zh: string}>;
  const events = notices.map(notice => `${notice.case_id} ${notice.person_id} ${notice.kind} ${notice.title_zh}`);
  checks.check(`each person is told of an event once: ${events.length} notices`, new Set(events).size === events.length, {notices: events.length, once: new Set(events).size});
  const apart = driven.flatMap(order => {
    const told = tally(notices.filter(notice => notice.case_id === order.caseId).map(notice => notice.kind));
    return same(told, tally(spread(order.plan.notices))) ? [] : [{number: order.number, plan: order.plan.name, told}];
  });
  checks.check('nobody was left untold', apart.length === 0, apart.slice(0, 8));
}

async function entriesOf(store: Store, ids: readonly string[], actions: readonly string[]): Promise<readonly Entry[]> {
  return (await store.knex('audit_entry').whereIn('subject', ids).whereIn('action', actions).select('subject', 'action', 'result', 'data')) as Entry[];
}

/** Each name as often as its count says. */
function spread(counts: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(counts).flatMap(([name, count]) => Array<string>(count).fill(name));
}

/** `name × count`, sorted. */
function tally(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort().map(name => `${name} × ${names.filter(one => one === name).length}`);
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
