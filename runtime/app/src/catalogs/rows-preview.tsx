import type {ApiProblem, AnswerOf, catalogLifeRoutes} from '@banli/api';
import {useToolText} from '../texts/tools-hook.js';
import {DiffView, type RowDiff} from './diff-view.js';
import {ProblemList} from './problem-list.js';
import type {CatalogForm} from './use-catalog-form.js';

const mostShown = 50;

/** A row that an open change set touches, too. */
export type OtherSet = AnswerOf<typeof catalogLifeRoutes.preview>['others'][number];

/** What rows would become and what stands against them, before anything is written. */
export function RowsPreview({form, diff, problems, others}: {readonly form: CatalogForm; readonly diff: readonly RowDiff[]; readonly problems: readonly ApiProblem[]; readonly others: readonly OtherSet[]}) {
  const t = useToolText();
  const errors = problems.filter(problem => problem.severity !== 'warning').length;
  return (
    <div aria-live="polite">
      {problems.length > 0 ? (
        <section className="app-catalog-part">
          <h2>{errors > 0 ? t('work.problems', {count: errors}) : t('work.warnings', {count: problems.length})}</h2>
          <ProblemList problems={problems} form={form} />
        </section>
      ) : null}
      {others.length > 0 ? <p className="app-tool-warning">{t('work.others', {count: new Set(others.map(other => `${other.table}|${other.key}`)).size})}</p> : null}
      <h2 className="app-catalog-heading">{t('work.willChange', {count: diff.length})}</h2>
      <DiffView catalogId={form.id} diff={diff.slice(0, mostShown)} others={others} />
      {diff.length > mostShown ? <p className="banli-secondary">{t('work.firstRows', {count: mostShown})}</p> : null}
    </div>
  );
}
