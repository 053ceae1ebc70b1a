import {defineErrors} from '@banli/errors';

export const demoErrors = defineErrors('DEMO', {
  REFUSED: {status: 422, message: 'The demo worker refuses {word}.', zh: '示例处理程序拒绝了 {word}。'},
});
