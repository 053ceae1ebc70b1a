import {defineErrors} from '@banli/errors';

export const subscriptionErrors = defineErrors('CATALOG_SUBSCRIPTION', {
  UNKNOWN: {status: 404, message: 'You have no such subscription. Open your list of subscriptions anew.', zh: '没有这项订阅，请刷新我的订阅后重试。'},
  BRANCH_UNKNOWN: {status: 422, message: 'The catalog {catalog} has no branch {branch}. Choose a row of its tree, or the whole catalog.', zh: '目录 {catalog} 中没有分支 {branch}，请在树上选择，或订阅整个目录。'},
  TOO_MANY: {status: 409, message: 'You have {most} subscriptions. End some before you make another.', zh: '最多可订阅 {most} 项，请先取消一些订阅。'},
});
