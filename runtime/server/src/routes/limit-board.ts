import {Readable} from 'node:stream';
import {limitRoutes, type AnswerOf} from '@banli/api';
import {writeSheet} from '@banli/catalogs';
import type {LimitBoard} from '../limit-board.js';
import {bindRoute, type BoundRoute} from '../http/index.js';

type Board = AnswerOf<typeof limitRoutes.board>;

const columns = ['title', 'pending', 'overdue', 'warning', 'normal', 'paused', 'closed', 'onTime', 'rate', 'lapsed'] as const;
const headers: Readonly<Record<'zh-CN' | 'en', readonly string[]>> = {
  'zh-CN': ['分组', '在办', '超期', '临期', '正常', '暂停计时', '期间办结', '按时办结', '按时办结率', '期间超期'],
  en: ['Group', 'Pending', 'Overdue', 'Nearly due', 'In time', 'Paused', 'Closed in the period', 'Closed in time', 'Rate in time', 'Lapsed in the period'],
};

/** 时限看板: its numbers, and the same as a workbook. */
export function bindLimitBoardRoutes({limitBoard}: {readonly limitBoard: LimitBoard}): readonly BoundRoute[] {
  return [
    bindRoute(limitRoutes.board, ({actor, query}) => limitBoard.read(actor, query)),
    bindRoute(limitRoutes.exportBoard, async ({actor, query: {language = 'zh-CN', ...asked}}) => {
      const bytes = await boardSheet(await limitBoard.read(actor, asked), language);
      return {stream: Readable.from([bytes]), name: 'limit-board.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', sizeBytes: bytes.length};
    }),
  ];
}

function boardSheet({rows, total, from, to}: Board, language: 'zh-CN' | 'en'): Promise<Buffer> {
  const all = {title: {'zh-CN': '合计', en: 'Total'}, ...total};
  const cells = [...rows, all].map(({title, ...counts}) => ({
    ...Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, String(value)])),
    title: title[language] ?? title['zh-CN'], pending: String(counts.overdue + counts.warning + counts.normal + counts.paused), rate: counts.closed === 0 ? '' : `${Math.floor((counts.onTime / counts.closed) * 1_000) / 10}%`,
  }));
  return writeSheet(`${from} – ${to}`, columns, cells, new Map(columns.map((column, place) => [column, headers[language][place] ?? column])));
}
