import {catalogLifeRoutes as routes, catalogRoutes} from '@banli/api';
import {writeSheet} from '@banli/catalogs';
import {FormData} from 'undici';
import {people, type Hands} from './hands.js';

const itemColumns = ['code', 'matterCode', 'titleZh', 'titleEn', 'unitId', 'areaCode', 'limitValue', 'limitUnit', 'closingStandardZh', 'closingBasisZh', 'acceptanceZh', 'materialsZh', 'sourceRef'];

/** An item that no document knows, with a limit within that of every matter. */
const item = (code: string, matterCode: string): Readonly<Record<string, string>> => ({
  code, matterCode, titleZh: `验收事项 ${code}`, titleEn: 'Trial', unitId: 'u650103-shijian', areaCode: '650103', limitValue: '2', limitUnit: 'hour',
  closingStandardZh: '办结', closingBasisZh: '', acceptanceZh: '受理', materialsZh: '材料', sourceRef: 'own: 验收',
});

const filled = (cells: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== ''));

/** A5–A10, A16: what may hang where, what never changes, what a table may bring. */
export async function checkRules(hands: Hands): Promise<void> {
  hands.scene.checks.say('\n事项清单、分类、要素：规则拦截与批量导入');
  await checkItems(hands);
  await checkLinks(hands);
  await checkImport(hands);
}

async function checkItems(hands: Hands): Promise<void> {
  const change = await hands.draft('items', 'A5–A7 事项');
  const branch = await hands.refusals(() => hands.put(change, {op: 'add', cells: filled({...item('sx-010101-91', '0101')})}));
  hands.judge('A5', '事项只能挂在末级目录 an item on a directory that is no leaf is refused', branch.includes('NOT_LEAF sx-010101-91 matterCode'), branch);
  const second = await hands.refusals(() => hands.put(change, {op: 'add', cells: filled({...item('sx-010101-01', '010102')})}));
  hands.judge('A6', '一个事项清单只属于一个目录 an item is not put in a second directory', second.join() === 'ROW_EXISTS sx-010101-01' || second.join() === 'CATALOG_CHANGE_ROW_EXISTS', second);
  const fixed: string[] = [];
  for (const cells of [{code: 'sx-010101-77'}, {matterCode: '010102'}]) fixed.push(...(await hands.refusals(() => hands.put(change, {op: 'modify', key: 'sx-010101-01', cells}))));
  hands.judge('A7', '事项编码、所属目录不可修改 code and directory of an item never change', fixed.join() === 'FIXED sx-010101-01 code,FIXED sx-010101-01 matterCode', fixed);
}

async function checkLinks(hands: Hands): Promise<void> {
  const writer = await hands.scene.person(people.writer);
  const version = (await writer.call(catalogRoutes.list)).catalogs.find(catalog => catalog.id === 'matter-natures')?.version ?? '';
  const {rows: links} = await writer.call(routes.versionRows, {params: {catalogId: 'matter-natures', version}});
  const matterCode = links.find(row => row['categoryCode'] === 'consultation-policy')?.['matterCode'] ?? '';
  const filing = await hands.draft('matter-natures', 'A8 归类', {op: 'offShelf', key: `${matterCode}|consultation-policy`});
  const wrong = await hands.scene.refusal(() => hands.put(filing, {op: 'add', cells: {matterCode, categoryCode: 'complaint-service', sourceRef: 'own: 验收'}}));
  const [problem] = wrong?.answer.problems ?? [];
  hands.judge('A8', '咨询事项归入投诉类：提示并拦截 a question filed as a complaint is stopped with a message', problem?.code === 'CATALOG_CHANGE_NATURE_CONFLICT', problem?.messageZh ?? wrong);
  const removal = await hands.draft('matters', 'A9 删除目录');
  const held = await hands.refusals(() => hands.put(removal, {op: 'void', key: '010101'}));
  const above = await hands.refusals(() => hands.put(removal, {op: 'offShelf', key: '0101'}));
  hands.judge('A9', '有关联事项或下级的目录不能删除 a directory with items or directories on it does not go', held.includes('USED_BY_ROW 010101') && above.includes('USED_BY_ROW 0101'), {held: held.length, above: above.length});
  const category = await hands.refusals(() => hands.put(filing, {table: 'categories', op: 'void', key: 'consultation-policy'}));
  hands.judge('A9', '已归类事项的诉求分类不能删除 a category that matters are filed in does not go', category.includes('USED_BY_ROW consultation-policy'), category);
  const elements = await hands.draft('elements', 'A16 要素');
  const type = await hands.refusals(() => hands.put(elements, {op: 'modify', key: 'loss', cells: {type: 'text'}}));
  const free = await hands.put(elements, {op: 'modify', key: 'school', cells: {type: 'longText'}});
  hands.judge('A16', '要素类型与关联要素冲突：规则拦截 the type of an element does not change against linked ones', type.join() === 'ELEMENT_TYPE loss type' && free.state === 'editing', type);
}

async function checkImport(hands: Hands): Promise<void> {
  const writer = await hands.scene.person(people.writer);
  const load = async (count: number) => {
    const rows = Array.from({length: count}, (_, index) => item(`sx-0101${String(1 + Math.floor(index / 90)).padStart(2, '0')}-${String(10 + (index % 90)).padStart(2, '0')}`, `0101${String(1 + Math.floor(index / 90)).padStart(2, '0')}`));
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(await writeSheet('items', itemColumns, rows))]), `${count}.xlsx`);
    return (await writer.call(routes.importExcel, {params: {catalogId: 'items'}, query: {title: `A10 导入 ${count} 行`}, form})).change;
  };
  const before = (await writer.call(routes.changes, {params: {catalogId: 'items'}, query: {limit: 50}})).changes.length;
  const many = await hands.scene.refusal(() => load(501));
  const after = (await writer.call(routes.changes, {params: {catalogId: 'items'}, query: {limit: 50}})).changes.length;
  const submitted = await hands.submit(await load(500));
  const {diff} = await hands.open(submitted.id);
  hands.judge('A10', '一次导入 500 行：接受，提交后待审核；501 行：整批拒绝 500 rows are taken and wait for their review, 501 are refused whole',
    many?.code === 'CATALOG_EXCEL_TOO_MANY_ROWS' && before === after && submitted.state === 'inReview' && diff.length === 500, {refused: many?.answer.messageZh, rows: diff.length, state: submitted.state});
  await writer.call(routes.revoke, {params: {changeId: submitted.id}, body: {lockVersion: submitted.lockVersion}});
}
