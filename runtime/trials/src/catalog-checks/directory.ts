import {caseRoutes, catalogLifeRoutes as routes, inboxRoutes} from '@banli/api';
import {people, type Hands} from './hands.js';

/** A node below 商品消费 that no document knows. */
export const node = (code: string, titleZh: string) => ({op: 'add' as const, cells: {code, parentCode: '0101', titleZh, titleEn: 'Trial', groupCode: 'general', urgencyCode: 'normal', sourceRef: 'own: 验收'}});

/** A1–A4: the life of a node of the matter directory. */
export async function checkDirectory(hands: Hands): Promise<void> {
  hands.scene.checks.say('\n诉求事项目录：新增、修改、审核比对、删除与撤销');
  await checkNewNode(hands);
  await checkFixedColumns(hands);
  await checkComparison(hands);
  await checkLeaving(hands);
}

async function checkNewNode(hands: Hands): Promise<void> {
  const change = await hands.draft('matters', 'A1 新增目录', node('010190', '验收目录'));
  const [row] = await hands.rows('matters', {code: '010190'});
  hands.judge('A1', '新增目录节点：状态为待提交审核，立即出现在列表中 a new node waits for its submission and is in the list at once',
    change.state === 'editing' && row?.state === 'editing' && row.pending[0]?.op === 'add', {state: row?.state, key: row?.key, title: row?.title['zh-CN']});
}

async function checkFixedColumns(hands: Hands): Promise<void> {
  const change = await hands.draft('areas', 'A2 修改目录');
  const refused: string[] = [];
  for (const cells of [{level: '4'}, {parentCode: '650200'}, {code: '650199'}]) refused.push(...(await hands.refusals(() => hands.put(change, {op: 'modify', key: '650104', cells}))));
  const renamed = await hands.put(change, {op: 'modify', key: '650104', cells: {titleEn: 'Xinshi'}}).then(next => hands.put(next, {op: 'offShelf', key: '652924'}));
  hands.judge('A2', '已生效节点的层级、上级、编码不可改，名称与状态可改 level, parent and code of an effective node are refused, name and state are not',
    refused.join() === 'FIXED 650104 level,FIXED 650104 parentCode,FIXED 650104 code' && renamed.state === 'editing', refused);
}

async function checkComparison(hands: Hands): Promise<void> {
  const {scene} = hands;
  const submitted = await hands.submit(await hands.draft('natures', 'A3 改名', {op: 'modify', key: 'help', cells: {titleZh: '求助帮扶'}}));
  const reviewer = await scene.person(people.first);
  const inbox = await scene.until(async () => (await reviewer.call(inboxRoutes.list, {params: {box: 'todo'}, query: {limit: 20}})).rows.find(row => row.caseId === submitted.reviewCaseId) ?? null);
  const view = await scene.view(people.first, submitted.reviewCaseId ?? '');
  const opened = await reviewer.call(routes.open, {params: {changeId: submitted.id}});
  const other = await scene.person(people.second);
  const direct = await hands.refusals(() => other.call(routes.decide, {params: {changeId: submitted.id}, body: {lockVersion: submitted.lockVersion, result: 'pass', opinion: ''}}));
  const [cell] = opened.diff[0]?.cells ?? [];
  hands.judge('A3', '审核人从待办打开审核单，可见版本比对与差异 whoever reviews opens the change from the inbox and sees its differences',
    inbox !== null && view.form.values['link'] === `/catalogs/natures?tab=changes&change=${submitted.id}` && cell?.before === '求助' && cell.after === '求助帮扶', {stepName: inbox?.stepName?.['zh-CN'], number: submitted.reviewNumber, diff: opened.diff[0]?.cells});
  hands.judge('A3', '审核流程进行中不能绕过流程直接审核，编制人无审核环节 nobody decides beside the chain, the author has no step of it', direct.join() === 'CATALOG_CHANGE_CHAIN_RUNS' && !(await isOpenFor(hands, people.writer, submitted.reviewCaseId ?? '')), direct);
  await (await scene.person(people.writer)).call(caseRoutes.cancel, {params: {caseId: submitted.reviewCaseId ?? ''}, body: {reason: '验收后撤回', caseVersion: view.version}});
}

async function isOpenFor(hands: Hands, account: string, caseId: string): Promise<boolean> {
  return (await hands.scene.view(account, caseId)).tasks.some(task => task.mine && task.state === 'open');
}

async function checkLeaving(hands: Hands): Promise<void> {
  const writer = await hands.scene.person(people.writer);
  const gone = await hands.draft('tags', 'A4 误建');
  const remove = async (account: string, change = gone) => (await hands.scene.person(account)).call(routes.delete, {params: {changeId: change.id}, query: {lockVersion: change.lockVersion}});
  const barred = await hands.refusals(() => remove(people.other));
  await remove(people.writer);
  const others = await hands.draft('tags', 'A4 他人误建');
  await remove(people.publisher, others);
  const missing = await hands.refusals(() => hands.open(gone.id));
  const failed = await hands.review(await hands.draft('tags', 'A4 重复', {op: 'modify', key: 'enterprise-key', cells: {titleZh: '重点企业（重复）'}}), 'fail', '与现有标签重复');
  const {change: revoked} = await writer.call(routes.revoke, {params: {changeId: failed.id}, body: {lockVersion: failed.lockVersion}});
  const [row] = await hands.rows('tags', {code: 'enterprise-key'});
  hands.judge('A4', '待提交的编制人可直接删除，他人须二级权限；审核未通过的可撤销，离开流程、留作历史 what waits is deleted by its author, by others with a right of their own; what failed is revoked and leaves the flow',
    barred.join() === 'CATALOG_CHANGE_NOT_YOURS' && missing.join() === 'CATALOG_CHANGE_UNKNOWN' && failed.state === 'failed' && revoked.state === 'revoked' && row?.pending.length === 0, {other: barred, deleted: missing, failed: failed.opinion, revoked: revoked.state});
}
