import {catalogIssueRoutes as routes, catalogRoutes} from '@banli/api';
import type {Hands} from './hands.js';

const region = {account: 'qu.admin', unitId: 'u650000-centre'} as const;
const city = {account: 'shi.admin', unitId: 'u650100-centre'} as const;
const county = {account: 'ts.admin', unitId: 'u650102-centre'} as const;

/** Writes what the district makes of a catalog: whoever writes does not confirm. */
const writer = 'shi.zhiban';

interface Side {
  readonly account: string;
  readonly unitId: string;
}

/** A14, A15: catalogs issued down to a district, checked against its jurisdiction, and given to a unit there. */
export async function checkIssues(hands: Hands): Promise<void> {
  hands.scene.checks.say('\n下发：管辖校验与单位分配');
  await checkJurisdiction(hands);
  await checkAssignment(hands);
}

/** Issues a catalog one level down and accepts it there; answers the issue as its receiver sees it. */
async function received(hands: Hands, catalogId: string, from: Side, to: Side) {
  const {issues: [sent]} = await (await hands.scene.person(from.account)).call(routes.send, {params: {catalogId}, body: {fromUnitId: from.unitId, toUnitIds: [to.unitId], note: '请核验完善'}});
  const person = await hands.scene.person(to.account);
  return (await person.call(routes.verify, {params: {issueId: sent?.id ?? ''}, body: {lockVersion: sent?.lockVersion ?? 1}})).issue;
}

async function confirmed(hands: Hands, issue: {readonly id: string; readonly lockVersion: number}, by: Side): Promise<void> {
  await (await hands.scene.person(by.account)).call(routes.confirm, {params: {issueId: issue.id}, body: {lockVersion: issue.lockVersion, effectiveFrom: hands.today(), acceptWarnings: true}});
}

async function checkJurisdiction(hands: Hands): Promise<void> {
  const {scene} = hands;
  const beside = await hands.refusals(async () => (await scene.person(region.account)).call(routes.send, {params: {catalogId: 'items'}, body: {fromUnitId: region.unitId, toUnitIds: [county.unitId]}}));
  await confirmed(hands, await received(hands, 'items', region, city), city);
  const issue = await received(hands, 'items', city, county);
  const person = await scene.person(county.account);
  const {rows} = await person.call(routes.rows, {params: {issueId: issue.id}, query: {table: 'items', only: 'outside', limit: 100}});
  const foreign = rows.find(row => row.area === '650103');
  const forced = await hands.refusals(() => person.call(routes.put, {params: {issueId: issue.id}, body: {lockVersion: issue.lockVersion, table: 'items', key: foreign?.key ?? '', cells: {materialsZh: '越权'}}}));
  await confirmed(hands, issue, county);
  const held = async (area: string, code: string) => (await person.call(routes.effective, {params: {catalogId: 'items'}, query: {area, code, limit: 5}})).rows.length;
  hands.judge('A14', '下发到管辖外的区县：合规校验过滤并列明 items of elsewhere are filtered by the check of jurisdiction, and listed',
    beside.length > 0 && (issue.outsideCount ?? 0) > 0 && rows.length === issue.outsideCount && foreign !== undefined && forced.length > 0 && (await held('650102', foreign.key)) === 0 && (await held('650102', 'sx-020101-01')) === 1,
    {notDirectlyBelow: beside, filtered: issue.outsideCount, for: foreign && `${foreign.key} ${foreign.title['zh-CN']} ${foreign.area ?? ''}`, forced});
}

async function checkAssignment(hands: Hands): Promise<void> {
  const {scene} = hands;
  const person = await scene.person(county.account);
  const handler = async () => (await person.call(routes.handling, {query: {unit: 'u650102-zhujian', matter: '020103', area: '650102'}})).rights;
  const lead = async () => (await (await scene.person('shi.shouli')).call(catalogRoutes.proposal, {query: {matter: '020103', area: '650102', urgency: 'normal'}})).leadUnitId;
  const [noRight, before] = [await handler(), await lead()];
  await confirmed(hands, await received(hands, 'responsibility', region, city), city);
  const issue = await received(hands, 'responsibility', city, county);
  const {issue: assigned} = await (await scene.person(writer)).call(routes.put, {params: {issueId: issue.id}, body: {lockVersion: issue.lockVersion, table: 'responsibility', cells: {matterCode: '020103', areaCode: '650102', leadUnitId: 'u650102-zhujian', dutyZh: '乱堆乱放的清理', dutyEn: 'Clears what is dumped', sourceRef: 'own: 验收'}}});
  await confirmed(hands, assigned, county);
  const [rights, after] = [await handler(), await lead()];
  hands.judge('A15', '把下发事项分配给单位：该单位的办理权限立即生效 an issued matter given to a unit: its right to handle is there at once',
    noRight.length === 0 && before !== 'u650102-zhujian' && rights.some(right => right.role === 'lead') && after === 'u650102-zhujian', {before, after, right: rights.map(right => `${right.role} ${right.row} ${right.version}`)});
}
