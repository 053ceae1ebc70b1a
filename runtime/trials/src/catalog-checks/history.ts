import {catalogLifeRoutes as routes} from '@banli/api';
import {goodsOrder} from '../main-job/orders.js';
import {node} from './directory.js';
import {people, type Hands} from './hands.js';

/** A11, A12: what orders hold does not go; every version stays, and comes back. */
export async function checkHistory(hands: Hands): Promise<void> {
  hands.scene.checks.say('\n删除冲突、软删除与历史版本');
  await checkHeldRow(hands);
  await checkTimeline(hands);
}

async function checkHeldRow(hands: Hands): Promise<void> {
  const {scene} = hands;
  const published = await hands.publish(await hands.review(await hands.draft('matters', 'A11 新事项', node('010191', '验收投诉'))));
  const order = {...goodsOrder, matter: '010191', title: '验收：历史事项'};
  const [held] = await scene.register('shi.shouli', [order]);
  const removal = await hands.draft('matters', 'A11 删除事项');
  const report = await scene.refusal(() => hands.put(removal, {op: 'void', key: '010191'}));
  const codes = report?.answer.problems.map(problem => problem.code) ?? [];
  hands.judge('A11', '有关联工单、运行中流程的事项不能删除，给出冲突报告 a matter with orders and running processes does not go: a report says which',
    codes.includes('CATALOG_CHANGE_USED_BY_ORDER') && codes.includes('CATALOG_CHANGE_USED_BY_PROCESS') && (report?.answer.problems ?? []).some(problem => (problem.messageZh ?? '').includes(held?.number ?? '?')), report?.answer.problems.map(problem => problem.messageZh));
  const named = await hands.refusals(async () => hands.put(await hands.draft('natures', 'A11 数据引用'), {op: 'void', key: 'complaint'}));
  hands.judge('A11', '被其他数据引用的行不能删除 a row that other data names does not go', named.some(line => /USED_BY_(ROW|DATA) complaint/.test(line)), named);
  await hands.publish(await hands.review(await hands.put(removal, {op: 'offShelf', key: '010191'})));
  const seen = await scene.view('shi.shouli', held?.caseId ?? '');
  const fresh = await hands.refusals(() => scene.register('shi.shouli', [order]));
  const {rows} = await (await scene.person(people.writer)).call(routes.versionRows, {params: {catalogId: 'matters', version: published.publishedVersion ?? ''}});
  const past = rows.find(row => row['code'] === '010191');
  hands.judge('A11', '下架保留历史：原工单照常，新工单不能再选 taken off the shelf it keeps its history and forbids new orders',
    seen.form.values['matter'] === '010191' && !seen.ended && fresh.some(line => line.startsWith('ROW_RETIRED')) && past?.['status'] === 'active', {old: seen.head.number, fresh, past: `${published.publishedVersion ?? ''} ${past?.['titleZh'] ?? ''}`});
}

async function checkTimeline(hands: Hands): Promise<void> {
  const person = await hands.scene.person(people.writer);
  const published = await hands.publish(await hands.review(await hands.draft('duties', 'A12 调整职责边界', {op: 'modify', key: 'zr-cg-0201', cells: {boundaryZh: '占道经营、户外广告的巡查和处置；食品问题归市场监管'}})));
  const {entries} = await person.call(routes.timeline, {params: {catalogId: 'duties'}, query: {limit: 5}});
  const [now, before] = entries;
  const {diff} = await person.call(routes.diff, {params: {catalogId: 'duties'}, query: {from: before?.version ?? '', to: now?.version ?? ''}});
  const old = await person.call(routes.versionRows, {params: {catalogId: 'duties', version: before?.version ?? ''}});
  const was = old.rows.find(row => row['code'] === 'zr-cg-0201')?.['boundaryZh'];
  const change = now?.change;
  hands.judge('A12', '时间线查看历史版本：快照、操作人、高亮差异、版本号 a version on the time line: snapshot, persons, highlighted change, number',
    now?.version === published.publishedVersion && change?.authorName === '苏晚棠' && change.publishedByName === '艾力·木沙' && diff[0]?.cells[0]?.before === was, {version: now?.version, author: change?.authorName, reviewed: change?.decidedByName, published: change?.publishedByName, cell: diff[0]?.cells[0]?.column});
  const {change: back} = await person.call(routes.rollBack, {params: {catalogId: 'duties'}, body: {version: before?.version ?? '', title: 'A12 回退'}});
  await hands.publish(await hands.review(back));
  const [row] = await hands.rows('duties', {code: 'zr-cg-0201'});
  hands.judge('A12', '回退到历史版本，生成新版本、历史不变 a version of the past comes back as a new one', row?.values['boundaryZh'] === was, {from: now?.version, boundary: row?.values['boundaryZh']});
}
