import {initialsOf, normalise, type SearchEntry} from '@banli/catalogs';

const heads = ['占道', '噪音', '供暖', '物业', '停车', '垃圾', '公交', '医保', '社保', '学区', '食品', '药品', '工资', '燃气', '自来水', '路灯', '井盖', '绿化', '违建', '油烟', '网络', '快递', '旅游', '养老', '户籍', '驾照', '契税', '房产', '宠物', '消防'];
const things = ['经营', '施工', '收费', '管理', '服务', '设施', '许可', '登记', '补贴', '缴费', '检查', '合同', '质量', '价格', '安全', '维修', '投诉', '转移', '申领', '审批'];
const acts = ['不规范', '扰民', '超标', '未公示', '拖延办理', '咨询', '变更', '注销', '损坏', '缺失', '重复', '态度差', '泄漏', '堵塞', '退还', '延期'];
const places = ['小区', '夜市', '工地', '学校周边', '农贸市场', '医院门口', '高速路口', '景区', '地下车库', '写字楼', '村委会', '开发区', '河道', '公园', '商场', '牧区'];

/** Matters as a directory of that size would have them: codes of nine digits, titles of 8 to 14 characters, a synonym for every seventh. Always the same. */
export function makeEntries(count: number): readonly SearchEntry[] {
  const entries: SearchEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    const title = titleAt(index);
    entries.push({
      key: String(100_000_000 + index * 7), title: normalise(title), initials: initialsOf(title), path: `${heads[index % heads.length]}类`, elements: [],
      words: index % 7 === 0 ? [normalise(`${pick(places, index, 3)}${pick(heads, index, 5)}${index % 1000}`)] : [],
    });
  }
  return entries;
}

function titleAt(index: number): string {
  const number = index > 150_000 ? String(index % 977) : '';
  return `${pick(places, index, 1)}${pick(heads, index, 16)}${pick(things, index, 480)}${pick(acts, index, 9_600)}${number}`;
}

function pick(list: readonly string[], index: number, step: number): string {
  return list[Math.floor(index / step) % list.length] ?? '';
}

/** A kind of query with its texts; `substring` ones are found by any scan. */
export interface Queries {
  readonly kind: string;
  readonly substring: boolean;
  readonly texts: readonly string[];
}

/** What is asked: phrases of two to six characters, codes, slips of the pen, letters, and what is not there. */
export function makeQueries(entries: readonly SearchEntry[], each: number): readonly Queries[] {
  const sample = Array.from({length: each}, (_, index) => entries[(index * 7_919) % entries.length]).flatMap(entry => entry ?? []);
  return [
    {kind: 'phrase of 2', substring: true, texts: sample.map(({title}, index) => title.slice(index % 3, (index % 3) + 2))},
    {kind: 'phrase of 4', substring: true, texts: sample.map(({title}) => title.slice(2, 6))},
    {kind: 'phrase of 6', substring: true, texts: sample.map(({title}) => title.slice(1, 7))},
    {kind: 'nothing', substring: true, texts: sample.map((_, index) => `琥珀${index}`)},
    {kind: 'code', substring: false, texts: sample.map(({key}) => key.slice(0, 7))},
    {kind: 'slip', substring: false, texts: sample.map(({title}) => `${title.slice(0, 3)}龘${title.slice(4)}`)},
    {kind: 'letters', substring: false, texts: sample.map(({initials}) => initials.slice(0, 4))},
  ];
}
