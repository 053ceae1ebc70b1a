import {defineErrors} from '@banli/errors';

/** What the web apps themselves refuse. */
export const uiErrors = defineErrors('UI', {
  FORM_EXPRESSION: {
    status: 422,
    message: 'The form contains the script expression "{text}". Write the rule as FEEL in the field\'s x-banli block instead.',
    zh: '表单中含有脚本表达式“{text}”，不予执行。请改用字段 x-banli 中的 FEEL 规则。',
  },
});
