import type {CaseHeadView, InboxRowView} from '@banli/api';

/** Where a row leads: a draft goes on being typed, everything else opens its case. */
export function rowAddress(row: InboxRowView): string {
  return row.draftId ? `/drafts/${row.draftId}` : `/cases/${row.caseId}${row.taskId ? `?task=${row.taskId}` : ''}`;
}

/** Stable identity of a row. */
export function rowKey(row: InboxRowView): string {
  return row.draftId ?? row.taskId ?? row.caseId;
}

/** A case that was found, as a row of a list: its moment is that of its registration. */
export function rowOfHead({id, acceptedAt, leadUnitName, round: _round, bundleId: _bundleId, ...head}: CaseHeadView): InboxRowView {
  return {...head, caseId: id, taskId: null, draftId: null, stepName: null, unitName: leadUnitName, assignee: null, at: acceptedAt};
}
