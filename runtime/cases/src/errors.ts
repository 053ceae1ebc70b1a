import {defineErrors} from '@banli/errors';

/** Everything a case command, a list or a release can refuse. */
export const caseErrors = defineErrors('CASE', {
  UNIT_NOT_LOWER: {status: 422, message: '{unit} is not below the unit that holds the case; choose a unit of a lower level in the same area.', zh: '“{unit}”不是现承办单位的下级，请选择本辖区内的下级单位。'},
  UNKNOWN: {status: 404, message: 'There is no such case, or you may not see it.', zh: '办件不存在，或无权查看。'},
  APP_UNKNOWN: {status: 404, message: 'The application {bundleId} has no published release.', zh: '应用“{bundleId}”尚未发布。'},
  START_FORBIDDEN: {status: 403, message: 'Your role may not start a case of {bundleId}.', zh: '当前岗位不能登记“{bundleId}”办件。'},
  INPUT: {status: 422, message: 'Some fields are not right; nothing was done. See the problems.', zh: '有内容需要修改，未做任何更改，请看各字段的提示。'},
  TASK_UNKNOWN: {status: 404, message: 'There is no such task, or it is not yours.', zh: '任务不存在，或不由你办理。'},
  TASK_DONE: {status: 409, message: 'The task was finished meanwhile. Open the case to see how it went on.', zh: '该任务已经办结，请打开办件查看最新进展。'},
  TASK_TAKEN: {status: 409, message: 'Someone else took this task: {name}.', zh: '该任务已由{name}领取。'},
  TASK_EXCLUDED: {status: 403, message: 'You worked on this case in a step that must be checked by somebody else.', zh: '你办理过该办件的相关环节，须由他人办理。'},
  TASK_FREE: {status: 409, message: 'The task is not taken by you, so it cannot be given back.', zh: '该任务不在你名下，无法退回待领。'},
  OUTCOME_UNKNOWN: {status: 422, message: 'The step {stepId} has no outcome {outcome} now.', zh: '当前环节不能选择“{outcome}”。'},
  ACTION_UNKNOWN: {status: 422, message: 'The step {stepId} does not offer {action} now.', zh: '当前环节不能申请“{action}”。'},
  REQUEST_OPEN: {status: 409, message: 'A request of this kind is already under review.', zh: '同类申请正在审核，请等待审核结果。'},
  REQUEST_MISSING: {status: 409, message: 'There is no open request that this task could decide.', zh: '没有可审核的申请，可能已被处理。'},
  PAUSED: {status: 422, message: 'The case is paused. Ask to resume it first.', zh: '办件已挂起，请先申请恢复。'},
  NOT_PAUSED: {status: 422, message: 'The case is not paused, so it cannot be resumed.', zh: '办件未挂起，无需恢复。'},
  ALREADY_PAUSED: {status: 422, message: 'The case is paused already.', zh: '办件已处于挂起状态。'},
  PENDING: {status: 409, message: 'The last command on this case has not reached the process engine yet. It will by itself; try again then.', zh: '上一步操作已受理，正在等待流程引擎处理，请稍后再操作。'},
  CHANGED: {status: 409, message: 'The case was changed by somebody else since you opened it. Reload and check your input.', zh: '办件内容已被他人更新，请刷新核对后再提交。'},
  BUSY: {status: 503, message: 'Too many people change this case at once; nothing was done. Try again.', zh: '同时操作该办件的人较多，未做任何更改，请稍后重试。'},
  ENDED: {status: 409, message: 'The case has ended.', zh: '办件已结束。'},
  CANCEL_FORBIDDEN: {status: 403, message: 'You may not cancel this case.', zh: '你无权撤销该办件。'},
  CANCEL_LATE: {status: 422, message: 'The case was dispatched already and cannot be cancelled.', zh: '办件已派发，不能撤销。'},
  LINK_SELF: {status: 422, message: 'A case cannot be linked with itself.', zh: '不能将办件与自身关联。'},
  UNIT_UNKNOWN: {status: 422, message: 'The unit {unitId} does not exist.', zh: '机构“{unitId}”不存在。'},
  HOLDER_MISSING: {status: 422, message: 'The outcome needs a unit to go to, and none is given.', zh: '请先选择办理单位。'},
  EFFECT_FAILED: {status: 422, message: 'The effect {effect} of {stepId} could not be computed: {reason}. Correct the bundle.', zh: '环节“{stepId}”的处理规则“{effect}”计算失败：{reason}。请联系应用维护人员。'},
  DRAFT_UNKNOWN: {status: 404, message: 'There is no such draft of yours.', zh: '草稿不存在或已提交。'},
  CURSOR: {status: 400, message: 'The page mark is not valid. Start again from the first page.', zh: '翻页标记无效，请从第一页重新查看。'},
  CITIZEN_UNKNOWN: {status: 404, message: 'No case fits this number and query code.', zh: '未找到与受理编号和查询码相符的办件，请核对后重试。'},
  NUMBER_FULL: {status: 503, message: 'The counter of {prefix} is used up for today.', zh: '编号“{prefix}”当日序号已用完。'},
  CLOCK_UNKNOWN: {status: 404, message: 'There is no such clock in this case.', zh: '该办件没有此时限。'},
  ALARM_UNKNOWN: {status: 404, message: 'There is no such alarm, or you may not close it.', zh: '告警不存在，或无权处理。'},
  ALARM_CLOSED: {status: 409, message: 'The alarm was closed by {name} meanwhile.', zh: '该告警已由{name}处理。'},
  WORK_GONE: {status: 409, message: 'The worker task is no longer open.', zh: '自动处理任务已不存在。'},
});

/** What can be wrong with a release. */
export const releaseErrors = defineErrors('RELEASE', {
  REFUSED: {status: 422, message: 'The bundle has {count} problems and was not published.', zh: '应用有 {count} 处问题，未发布。'},
  UNKNOWN: {status: 404, message: 'There is no release {hash}.', zh: '发布版本“{hash}”不存在。'},
  NOT_DEPLOYED: {status: 503, message: 'The release {hash} is stored but the process engine has not taken it yet. It is tried again by itself.', zh: '版本“{hash}”已保存，流程引擎暂未部署，系统会自动重试。'},
  DRAFT_CHANGED: {status: 409, message: 'Somebody saved the draft meanwhile (revision {revision}). Load it again.', zh: '草稿已被他人保存（修订 {revision}），请重新载入。'},
  BUNDLE_OTHER: {status: 422, message: 'The files belong to the bundle {found}, not to {expected}.', zh: '文件属于应用“{found}”，不是“{expected}”。'},
});
