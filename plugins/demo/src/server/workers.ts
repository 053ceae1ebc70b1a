import type {WorkerDefinition} from '@banli/sdk/server';
import {demoErrors} from '../common/errors.js';

interface Input {
  readonly word: string;
}

const common = {
  inputSchema: {type: 'object', required: ['word'], properties: {word: {type: 'string', minLength: 1, maxLength: 100}}},
  maxAttempts: 2,
  backoffMs: 1_000,
} as const;

/** Works: turns the word round and says so in the timeline. */
export const demoOk: WorkerDefinition<Input> = {
  ...common,
  topic: 'demo.ok',
  title: {'zh-CN': '示例：正常', en: 'Demo: works'},
  async run({input, effects}) {
    const turned = [...input.word].reverse().join('');
    effects.note({'zh-CN': `示例处理程序把“${input.word}”倒写为“${turned}”`, en: `The demo worker turned ${input.word} into ${turned}`});
  },
};

/** Fails with a code: a BPMN error where the drawing catches `DEMO_REFUSED`, a failure elsewhere. */
export const demoFails: WorkerDefinition<Input> = {
  ...common,
  topic: 'demo.fails',
  title: {'zh-CN': '示例：失败', en: 'Demo: fails'},
  async run({input}) {
    throw demoErrors.REFUSED({word: input.word});
  },
};

/** Throws what nobody expects: tried again, then an incident. */
export const demoThrows: WorkerDefinition<Input> = {
  ...common,
  topic: 'demo.throws',
  title: {'zh-CN': '示例：抛错', en: 'Demo: throws'},
  async run() {
    throw new TypeError('the demo worker is broken on purpose');
  },
};
