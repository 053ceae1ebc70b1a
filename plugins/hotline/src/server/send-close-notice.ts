import type {UnitReader, WorkerDefinition} from '@banli/sdk/server';
import {cut, isMobile, textOf} from '../common/fields.js';

interface Input {
  readonly anonymous: boolean | null;
  readonly phone: string | null;
  readonly callbackDue: boolean;
  readonly replyText: string | null;
  /** How the callers of earlier rounds rated: the conclusion, and one entry a round. Releases without such fields hand none in. */
  readonly satisfaction?: string | null;
  readonly roundSatisfactions?: readonly string[] | null;
  readonly roundCallScores?: readonly number[] | null;
  readonly roundHandlingScores?: readonly number[] | null;
}

/** Longest reply in a message, in characters: about five parts of an SMS. The whole text stands on the paper. */
const longestReply = 300;

/**
 * Tells the citizen that the order is closed, with the reply. An order without a callback is left out of the satisfaction figures; what was rated in an earlier round stands.
 *
 * @see Source: requirements/xinjiang-hotline.md T1 (closing text by SMS), §2.9 (rate over actual callbacks)
 */
export function sendCloseNotice(needs: {readonly units: UnitReader}): WorkerDefinition<Input> {
  return {
    topic: 'hotline.sendCloseNotice',
    title: {'zh-CN': '办结告知', en: 'Closing notice'},
    inputSchema: {
      type: 'object',
      required: ['anonymous', 'phone', 'callbackDue'],
      properties: {anonymous: {type: ['boolean', 'null']}, phone: {type: ['string', 'null']}, callbackDue: {type: 'boolean'}, replyText: {type: ['string', 'null']}, satisfaction: {type: ['string', 'null']}, roundSatisfactions: listOf('string'), roundCallScores: listOf('integer'), roundHandlingScores: listOf('integer')},
    },
    maxAttempts: 5,
    backoffMs: 2_000,
    async run({input, case: order, effects}) {
      if (!input.callbackDue) effects.setFields(withoutCallback(input));
      const reply = textOf(input.replyText);
      if (input.anonymous || !isMobile(input.phone) || reply === '') {
        effects.note({'zh-CN': input.anonymous ? '匿名诉求，不发办结告知' : '未发办结告知短信：没有手机号或答复内容', en: 'No closing message'});
        return;
      }
      effects.send({
        channel: 'sms',
        kind: 'hotline.closed',
        recipient: input.phone,
        title: {'zh-CN': '办结告知', en: 'Closing notice'},
        text: {
          documentId: 'closeNotice',
          data: {centreName: needs.units.unit(order.acceptingUnitId)?.name ?? '12345 热线', title: cut(textOf(order.values['title']), 40), number: order.number, replyText: cut(reply, longestReply), callbackDue: input.callbackDue},
        },
      });
      effects.note({'zh-CN': '办结告知短信已提交发送', en: 'Closing message handed over'});
    },
  };
}

const listOf = (type: 'string' | 'integer') => ({type: ['array', 'null'], items: {type}});

/** A round that nobody is asked about says so in its place, and leaves the conclusion of an earlier one. */
function withoutCallback({satisfaction, roundSatisfactions, roundCallScores, roundHandlingScores}: Input): Readonly<Record<string, unknown>> {
  const conclusion = {satisfaction: satisfaction ?? 'notAsked'};
  if (roundSatisfactions === undefined) return conclusion;
  return {...conclusion, roundSatisfactions: [...(roundSatisfactions ?? []), 'notAsked'], roundCallScores: [...(roundCallScores ?? []), 0], roundHandlingScores: [...(roundHandlingScores ?? []), 0]};
}
