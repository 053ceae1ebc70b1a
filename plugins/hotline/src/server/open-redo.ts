import type {WorkerDefinition} from '@banli/sdk/server';
import {grievanceFields, personFields} from '../common/fields.js';

interface Input {
  readonly reason: string;
}

/**
 * Opens a new order for the same grievance, linked to this one, with its own number; it goes straight to dispatch.
 *
 * @see Source: requirements/xinjiang-hotline.md §2.9, A39 (redo creates a linked order)
 */
export function openRedo(): WorkerDefinition<Input> {
  return {
    topic: 'hotline.openRedo',
    title: {'zh-CN': '生成重办单', en: 'Open a redo order'},
    inputSchema: {type: 'object', required: ['reason'], properties: {reason: {type: 'string', minLength: 1}}},
    maxAttempts: 5,
    backoffMs: 2_000,
    async run({input, case: order, effects}) {
      const copied = Object.fromEntries([...personFields, ...grievanceFields].filter(name => order.values[name] !== undefined && order.values[name] !== null).map(name => [name, order.values[name]]));
      effects.openLinkedCase({relation: 'redo', values: {...copied, redoOf: order.number, redoReason: input.reason, intakeRoute: 'dispatch'}});
      effects.note({'zh-CN': '已生成重办单，本单归档', en: 'A redo order was opened, this one is archived'});
    },
  };
}
