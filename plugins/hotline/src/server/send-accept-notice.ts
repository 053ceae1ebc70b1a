import type {UnitReader, WorkerDefinition} from '@banli/sdk/server';
import {cut, isMobile, textOf} from '../common/fields.js';

interface Input {
  readonly anonymous: boolean | null;
  readonly phone: string | null;
}

/**
 * Tells the citizen that the order was accepted, with its number. Anonymous callers get no message: they were given a query code.
 *
 * @see Source: requirements/xinjiang-hotline.md T1 (acceptance notice); anonymous: §0.1, own.
 */
export function sendAcceptNotice(needs: {readonly units: UnitReader}): WorkerDefinition<Input> {
  return {
    topic: 'hotline.sendAcceptNotice',
    title: {'zh-CN': '受理告知', en: 'Acceptance notice'},
    inputSchema: {type: 'object', required: ['anonymous', 'phone'], properties: {anonymous: {type: ['boolean', 'null']}, phone: {type: ['string', 'null']}}},
    maxAttempts: 5,
    backoffMs: 2_000,
    async run({input, case: order, effects}) {
      if (input.anonymous) {
        effects.note({'zh-CN': '匿名诉求，不发受理告知，凭查询码查询进度', en: 'Anonymous: no acceptance message, progress by query code'});
        return;
      }
      if (!isMobile(input.phone)) {
        effects.note({'zh-CN': '联系电话不是手机号，未发受理告知短信', en: 'Not a mobile number: no acceptance message'});
        return;
      }
      effects.send({
        channel: 'sms',
        kind: 'hotline.accepted',
        recipient: input.phone,
        title: {'zh-CN': '受理告知', en: 'Acceptance notice'},
        text: {
          documentId: 'acceptNotice',
          data: {centreName: needs.units.unit(order.acceptingUnitId)?.name ?? '12345 热线', title: cut(textOf(order.values['title']), 40), acceptedAt: order.acceptedAt, number: order.number, queryCode: order.queryCode ?? null},
        },
      });
      effects.note({'zh-CN': '受理告知短信已提交发送', en: 'Acceptance message handed over'});
    },
  };
}
