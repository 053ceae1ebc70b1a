import type {LocalizedText} from '@banli/formats';
import type {Tx} from '@banli/store';
import type {CaseDeps} from './deps.js';
import type {CaseRecord, CaseRequest} from './model.js';
import type {ProjectionCause} from './projection.js';

const titles: Readonly<Record<CaseRequest['kind'], LocalizedText>> = {
  extend: {'zh-CN': '延期申请', en: 'request for more time'},
  pause: {'zh-CN': '挂起申请', en: 'request to pause'},
  resume: {'zh-CN': '恢复申请', en: 'request to resume'},
};

/** Tells whoever asked that his request was decided, once the engine has taken the decision. Why stands in the form of the case: the timeline shows reviews to reviewers only. */
export async function tellDecided(deps: Pick<CaseDeps, 'notices'>, tx: Tx, record: CaseRecord, {row, at}: ProjectionCause): Promise<void> {
  const before = row?.undo?.routing.requests;
  if (!row || before === undefined) return;
  const open = new Set(before.filter(request => request.status === 'open').map(request => request.id));
  for (const request of record.routing.requests) {
    if (!open.has(request.id) || (request.status !== 'approved' && request.status !== 'refused') || request.personId === row.cause.personId) continue;
    const title = titles[request.kind];
    const [zh, en] = request.status === 'approved' ? ['已同意', 'approved'] : ['被驳回', 'refused'];
    await deps.notices.notify(tx, {
      personIds: [request.personId], kind: 'request.decided', caseId: record.id, at,
      title: {'zh-CN': `${record.number} ${title['zh-CN']}${zh}`, en: `${record.number}: ${title.en ?? ''} ${en}`},
      body: {'zh-CN': `${row.cause.personName ?? '审核人'}${request.status === 'approved' ? '同意了' : '驳回了'}${title['zh-CN']}，审核意见见办件表单`, en: `${row.cause.personName ?? 'The reviewer'} ${en} your ${title.en ?? ''}; the opinion stands in the form of the case`},
    });
  }
}
