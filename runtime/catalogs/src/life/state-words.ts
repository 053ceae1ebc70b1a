import type {ChangeOp, ChangeState} from './model.js';

/** What the states of a set are called in Chinese. */
export const stateZh: Readonly<Record<ChangeState, string>> = {editing: '待提交审核', inReview: '审核中', approved: '审核通过', failed: '审核未通过', revoked: '已撤销', published: '已发布', withdrawn: '发布后撤回'};

/** What changes of a row are called in Chinese. */
export const opZh: Readonly<Record<ChangeOp, string>> = {add: '新增', modify: '修改', offShelf: '下架', void: '作废', restore: '恢复'};
