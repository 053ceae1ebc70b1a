import type {UnitReader, WorkerDefinition} from '@banli/sdk/server';
import {cut, textOf} from '../common/fields.js';

interface Input {
  readonly unit: string | null;
}

/**
 * 催办: reminds the unit that has not signed within the response limit.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.3.5 (urge), §2.6
 */
export function remindSign(needs: {readonly units: UnitReader}): WorkerDefinition<Input> {
  return {
    topic: 'hotline.remindSign',
    title: {'zh-CN': '催办', en: 'Reminder'},
    inputSchema: {type: 'object', required: ['unit'], properties: {unit: {type: ['string', 'null']}}},
    maxAttempts: 5,
    backoffMs: 2_000,
    async run({input, case: order, effects}) {
      const unit = input.unit === null ? null : needs.units.unit(input.unit);
      if (!unit) {
        effects.note({'zh-CN': '响应超时，但已无待签收单位，未催办', en: 'The response limit lapsed, but no unit is to sign any more'});
        return;
      }
      effects.notify({
        roles: ['liaison', 'handler'],
        unitId: unit.id,
        kind: 'hotline.reminded',
        title: {'zh-CN': `催办：工单 ${order.number} 待签收`, en: `Reminder: order ${order.number} waits to be signed`},
        body: {'zh-CN': `“${cut(textOf(order.values['title']), 60)}”已超过响应时限，请立即签收或说明退回原因。`, en: 'The response limit has lapsed. Sign it now, or return it with a reason.'},
      });
      effects.note({'zh-CN': `已向 ${unit.name} 催办`, en: `${unit.titleEn ?? unit.name} was reminded`}, {unitId: unit.id});
    },
  };
}
