import {catalogIssueRoutes, type AnswerOf} from '@banli/api';
import {useMutation, useQueryClient} from '@tanstack/react-query';

/** An issue as lists show it. */
export type IssueItem = AnswerOf<typeof catalogIssueRoutes.list>['issues'][number];
/** An issue as it is opened. */
export type OpenedIssue = AnswerOf<typeof catalogIssueRoutes.open>;
/** A table of an issue. */
export type IssueTable = OpenedIssue['tables'][number];
/** A row of an issue. */
export type IssueRow = AnswerOf<typeof catalogIssueRoutes.rows>['rows'][number];
/** Columns that are decided together. */
export type IssueField = IssueRow['fields'][number];

/** The day of a moment in Shanghai, `YYYY-MM-DD`. */
export function dayOf(moment: number): string {
  return new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** Runs one command of issuing; afterwards everything that shows issues is asked for again, also after a refusal. */
export function useIssueAction() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => Promise.all(['issues', 'issue', 'issueRows', 'issueLayers', 'catalogs'].map(key => cache.invalidateQueries({queryKey: [key]}))),
  });
}
