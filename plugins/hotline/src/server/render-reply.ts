import type {CatalogReader, UnitReader, WorkerCase, WorkerDefinition} from '@banli/sdk/server';
import {cut, textOf} from '../common/fields.js';

/** What the paper has room for. */
const mostElements = 60;
const longestElement = 2_000;

interface Input {
  readonly replyText: string;
  readonly confidential: boolean | null;
  readonly leadUnit: string | null;
}

/**
 * Renders 办理情况答复单 and keeps it with the order. A confidential or anonymous person is not named on it, and the words of a
 * confidential complaint, and what its matter asked, which may tell who wrote them, are left out.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.3.2 (confidentiality), §2.7; leaving out the content: own.
 */
export function renderReply(needs: {readonly catalogs: CatalogReader; readonly units: UnitReader}): WorkerDefinition<Input> {
  return {
    topic: 'hotline.renderReply',
    title: {'zh-CN': '生成答复单', en: 'Reply paper'},
    inputSchema: {
      type: 'object',
      required: ['replyText'],
      properties: {replyText: {type: 'string', minLength: 1}, confidential: {type: ['boolean', 'null']}, leadUnit: {type: ['string', 'null']}},
    },
    maxAttempts: 5,
    backoffMs: 2_000,
    async run({input, case: order, now, effects}) {
      const centreName = needs.units.unit(order.acceptingUnitId)?.name ?? '12345 热线';
      const confidential = input.confidential === true;
      const matter = textOf(order.values['matter']);
      effects.storeDocument({
        documentId: 'reply',
        data: {
          centreName,
          number: order.number,
          title: textOf(order.values['title']),
          complainant: complainantOf(order, confidential),
          acceptedAt: order.acceptedAt,
          matterTitle: matter === '' ? '' : await needs.catalogs.title('matters', matter, now),
          leadUnitName: (input.leadUnit === null ? undefined : needs.units.unit(input.leadUnit)?.name) ?? centreName,
          content: confidential ? '（诉求人要求保密，内容从略）' : textOf(order.values['content']),
          elements: confidential ? [] : elementsOf(order),
          replyText: input.replyText,
          basis: textOf(order.values['basis']) || null,
          secondRound: order.round > 1,
          repliedAt: now,
        },
      });
      effects.note({'zh-CN': '已生成办理情况答复单', en: 'The reply paper was made'});
    },
  };
}

/** What the matter asked, as far as it tells nobody's identity. */
function elementsOf({classFields = []}: WorkerCase): ReadonlyArray<{readonly title: string; readonly text: string}> {
  const printed = classFields.filter(({sensitive, text}) => !sensitive && text !== '');
  return printed.slice(0, mostElements).map(({title, text}) => ({title: title['zh-CN'], text: cut(text, longestElement)}));
}

function complainantOf(order: WorkerCase, confidential: boolean): string {
  if (order.values['anonymous'] === true) return '匿名';
  if (confidential) return '保密';
  return textOf(order.values['name']) || '市民';
}
