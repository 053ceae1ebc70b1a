import {createCatalogLife, type RowHistoryEntry} from '@banli/catalogs';
import {dayOf, formatDate, systemClock} from '@banli/time';
import type {Command} from '../command.js';
import {cliErrors} from '../errors.js';
import {withInstallation} from '../open-store.js';

const ops: Readonly<Record<RowHistoryEntry['diff']['op'], string>> = {add: '新增', modify: '修改', offShelf: '下架', void: '作废', restore: '恢复', gone: '不再有'};
const kinds: Readonly<Record<RowHistoryEntry['cause']['kind'], string>> = {folder: '目录文件', set: '变更单', issue: '下发后确认', undo: '退回上一次确认', takeBack: '收回下发'};
const states: Readonly<Record<RowHistoryEntry['state'], string>> = {holds: '当前生效', scheduled: '待生效', past: '历史', withdrawn: '已撤回'};
const pageSize = 100;

/** Tells every change of one row, the latest first. */
export const catalogLog: Command = {
  words: 'catalog log',
  takes: '<目录编码> <行编码> [数据表]',
  help: '列出一行的沿革：哪一版、谁、从哪天起、改了什么',
  run: ([catalogId, key, table], {env, write}) => {
    if (catalogId === undefined || key === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'catalog log', takes: '<catalog> <code> [table]'});
    return withInstallation(env, async ({store}) => {
      const life = createCatalogLife({
        store, clock: systemClock, audit: {record: () => Promise.reject(new Error('A history writes nothing.'))}, rights: {may: () => false},
        references: {uses: () => Promise.resolve([])}, onPublished: () => Promise.resolve(),
      });
      for (let before: string | null | undefined; before !== null;) {
        const page = await life.rowHistory({catalogId, key, limit: pageSize, ...(table === undefined ? {} : {table}), ...(before === undefined ? {} : {before})});
        for (const entry of page.entries) for (const line of linesOf(entry)) write(line);
        before = page.nextCursor;
      }
      return 0;
    });
  },
};

function linesOf({version, state, unit, publishedBy, publishedAt, effectiveAt, cause, diff}: RowHistoryEntry): readonly string[] {
  const day = (at: number): string => formatDate(dayOf(at));
  const from = [kinds[cause.kind], cause.title, cause.authorName && `编制 ${cause.authorName}`, cause.decidedByName && `审核 ${cause.decidedByName}`, cause.reason].filter(Boolean).join('，');
  return [
    `${version}（${states[state]}）${ops[diff.op]}${unit ? `，${unit.id}（${unit.areaCode}）` : ''}：${publishedBy} ${day(publishedAt)} 发布，${day(effectiveAt)} 起生效；${from}`,
    ...diff.cells.map(({column, before, after}) => `  ${column}：${before ?? '（空）'} → ${after ?? '（空）'}`),
  ];
}
