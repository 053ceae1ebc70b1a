import {catalogIssueRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton, useLocalize, useReturnFocus} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Drawer} from 'antd';
import {columnTitle, type CatalogForm} from '../catalogs/use-catalog-form.js';
import {CellText} from '../catalogs/cell-text.js';
import {api, isMissing} from '../http/api.js';
import {useIssueText} from '../texts/issue-hook.js';
import type {IssueItem, IssueRow} from './issue-data.js';
import {useUnitName} from '../frame/use-unit-name.js';

/** From which level, unit and version each cell of a row comes that holds in the area of the unit. */
export function OriginDrawer({issue, form, table, row, onClose}: {readonly issue: IssueItem; readonly form: CatalogForm | undefined; readonly table: string; readonly row: IssueRow; readonly onClose: () => void}) {
  useReturnFocus();
  const unitName = useUnitName();
  const t = useIssueText();
  const localize = useLocalize();
  const loaded = useQuery({queryKey: ['issueRows', 'origins', issue.catalogId, issue.areaCode, table, row.key], queryFn: () => api.call(catalogIssueRoutes.origins, {params: {catalogId: issue.catalogId}, query: {area: issue.areaCode, key: row.key, table}}), retry: false});
  const columns = form?.tables.find(each => each.name === table)?.columns;
  return (
    <Drawer open title={`${t('origin.title')} · ${localize(row.title)}`} width={640} onClose={onClose}>
      {loaded.error ? (isMissing(loaded.error) ? <EmptyState title={t('origin.none')} /> : <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} />) : null}
      {loaded.isPending && !loaded.error ? <Skeleton rows={6} /> : null}
      {loaded.data ? (
        <table className="app-issue-fields">
          <thead>
            <tr><th>{t('origin.column')}</th><th>{t('origin.value')}</th><th>{t('origin.from')}</th><th>{t('origin.above')}</th></tr>
          </thead>
          <tbody>
            {loaded.data.cells.map(({column, value, above, words, aboveWords, origin}) => {
              const known = columns?.find(each => each.name === column);
              return (
                <tr key={column}>
                  <th scope="row">{localize(columnTitle(form, table, column))}</th>
                  <td data-label={t('origin.value')}>{value === null ? t('rows.empty') : <CellText column={known} value={value} words={words} />}</td>
                  <td data-label={t('origin.from')}>
                    {unitName(origin.unit.name)}
                    <div className="banli-secondary">{t(`origin.${origin.kind}`)} <span className="app-number">{origin.version}</span></div>
                  </td>
                  <td data-label={t('origin.above')}>{origin.kind === 'published' || above === value ? '' : above === null ? t('rows.empty') : <CellText column={known} value={above} words={aboveWords} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
    </Drawer>
  );
}
