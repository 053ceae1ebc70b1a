import {catalogLifeRoutes, dispatchRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useMutation, useQuery, useQueryClient} from '@tanstack/react-query';
import {Button} from 'antd';
import {Link, useNavigate} from 'react-router-dom';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useToolText} from '../texts/tools-hook.js';
import {LayerMark} from './layer-mark.js';
import {ruleAddress, ruleCatalog} from './rule-address.js';
import {changeOfLead} from './rule-change.js';
import {useUnitName} from '../frame/use-unit-name.js';

type Suggestion = AnswerOf<typeof dispatchRoutes.suggestions>['suggestions'][number];

/** Rules that cases come back from, and who took these in the end; a click prepares the change, which is then reviewed as any other. */
export function SuggestionsTab() {
  const unitName = useUnitName();
  const t = useToolText();
  const localize = useLocalize();
  const canEdit = useCan('catalogs.edit');
  const loaded = useQuery({queryKey: ['dispatchSuggestions'], queryFn: () => api.call(dispatchRoutes.suggestions, {query: {}})});
  const prepare = usePrepare();
  const list = loaded.data?.suggestions ?? [];
  return (
    <div className="app-catalog-tab">
      <p className="banli-secondary">{t('dispatch.suggestionsHelp')}</p>
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {prepare.error ? <ErrorPanel error={prepare.error} /> : null}
      {loaded.isPending && !loaded.error ? <Skeleton rows={5} /> : null}
      {loaded.data && list.length === 0 ? <EmptyState title={t('dispatch.noSuggestions')} help={t('dispatch.noSuggestionsHelp')} /> : null}
      <ul className="app-plain-list app-tool-cards">
        {list.map(each => {
          const title = t(each.sender ? 'dispatch.suggestionBelow' : 'dispatch.suggestion', {sender: unitName(each.sender?.name ?? ''), unit: unitName(each.unit.name), matter: localize(each.matter), area: localize(each.area), count: each.returns});
          return (
            <li key={`${each.matterCode}|${each.areaCode}|${each.unit.id}|${each.sender?.id ?? ''}`}>
              <strong>{title}</strong>
              <div>{each.instead ? t('dispatch.instead', {unit: unitName(each.instead.unit.name), count: each.instead.orders}) : t('dispatch.noInstead')} {each.holds || each.sender ? null : <span className="banli-secondary">{t('dispatch.notInRule')}</span>} <LayerMark layer={each.layer} /></div>
              <Reasons reasons={each.reasons} />
              <div className="app-chips">
                {each.row === null ? null : <Link to={ruleAddress(each.row)}>{t('dispatch.openRule')}</Link>}
                {each.caseIds.map((caseId, index) => <Link key={caseId} to={`/cases/${caseId}`}>{t('dispatch.example', {number: index + 1})}</Link>)}
              </div>
              {each.holds && each.layer !== null ? <p className="banli-secondary">{t('dispatch.changeInLayer', {layer: each.layer})}</p> : null}
              {canEdit && each.holds && each.instead && each.layer === null ? <Button loading={prepare.isPending && prepare.variables === each} onClick={() => !prepare.isPending && prepare.mutate(each)}>{t('dispatch.prepare', {unit: unitName(each.instead.unit.name)})}</Button> : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Why these came back; reasons that do not speak against the choice of the unit stand last and are marked. */
function Reasons({reasons}: {readonly reasons: Suggestion['reasons']}) {
  const t = useToolText();
  const words = (each: Suggestion['reasons'][number]) => t('dispatch.reason', {reason: each.title || t('dispatch.noReason'), count: each.returns});
  const list = (isWrongUnit: boolean) => reasons.filter(each => each.isWrongUnit === isWrongUnit).map(words).join(t('dispatch.reasonComma'));
  const others = list(false);
  return <div>{t('dispatch.reasons', {reasons: list(true)})}{others ? <span className="banli-secondary"> {t('dispatch.otherReasons', {reasons: others})}</span> : null}</div>;
}

/** Writes a suggestion as a change set and opens it: the unit that took the cases leads, the one that returned them no longer does at this place. */
function usePrepare() {
  const t = useToolText();
  const localize = useLocalize();
  const navigate = useNavigate();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (each: Suggestion) => {
      const params = {catalogId: ruleCatalog};
      const old = each.row === null ? undefined : (await api.call(catalogLifeRoutes.rows, {params, query: {code: each.row, limit: 1}})).rows.find(row => row.key === each.row);
      const matter = localize(each.matter);
      const change = {matterCode: each.matterCode, areaCode: each.areaCode, from: each.unit.id, to: each.instead?.unit.id ?? '', matter, source: `own: ${t('dispatch.source', {unit: each.unit.name, count: each.returns})}`};
      const title = t('dispatch.setTitle', {matter, area: localize(each.area)}).slice(0, 200);
      return (await api.call(catalogLifeRoutes.create, {params, body: {title, rows: [...changeOfLead(change, old)]}})).change;
    },
    onSuccess: change => void navigate(`/catalogs/${ruleCatalog}?tab=changes&change=${change.id}`),
    onSettled: () => cache.invalidateQueries({queryKey: ['catalogChanges']}),
  });
}
