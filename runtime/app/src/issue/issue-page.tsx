import {catalogIssueRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, useLocalize} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Steps} from 'antd';
import {Link, useParams} from 'react-router-dom';
import {PageSkeleton} from '../frame/page-skeleton.js';
import {useCatalogForm} from '../catalogs/use-catalog-form.js';
import {api} from '../http/api.js';
import {useCan} from '../session/session-context.js';
import {useIssueText} from '../texts/issue-hook.js';
import {FellAway} from './fell-away.js';
import {IssueActions} from './issue-actions.js';
import {dayOf, type OpenedIssue} from './issue-data.js';
import {IssueRows} from './issue-rows.js';
import {useUnitName} from '../frame/use-unit-name.js';

const stepOf: Readonly<Record<OpenedIssue['issue']['state'], number>> = {issued: 1, completing: 2, confirmed: 4, takenBack: 1, declined: 1};

/** One issue: where it stands, its rows three ways, what may be done, what happened. */
export function IssuePage() {
  const unitName = useUnitName();
  const t = useIssueText();
  const localize = useLocalize();
  const canRead = useCan('catalogs.read');
  const {issueId = ''} = useParams();
  const loaded = useQuery({queryKey: ['issue', issueId], queryFn: () => api.call(catalogIssueRoutes.open, {params: {issueId}}), enabled: canRead});
  const opened = loaded.data;
  const form = useCatalogForm(opened?.issue.catalogId ?? 'limits');
  if (!canRead) return <EmptyState isPage title={t('forbidden')} help={t('forbiddenHelp')} />;
  if (!opened) return loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : <PageSkeleton rows={8} />;
  const {issue} = opened;
  const isAside = issue.state === 'takenBack' || issue.state === 'declined';
  return (
    <div className="app-inbox app-issue">
      <div className="app-page-head">
        <Link to="/catalog-issues">{t('toBoard')}</Link>
        <h1>{localize(issue.catalog)}</h1>
        <span className="app-mark">{t(`state.${issue.state}`)}</span>
        {issue.state === 'confirmed' && !issue.inForce ? <span className="app-mark">{t('card.followed')}</span> : null}
        <span>{t('page.flow', {from: unitName(issue.from.name), to: unitName(issue.to.name)})}</span>
        <span className="banli-secondary app-number">
          {[t('page.base', {base: issue.baseName}), ...(issue.outsideCount ? [t('page.outside', {count: issue.outsideCount})] : []), ...(issue.effectiveAt === null ? [] : [t('page.since', {day: dayOf(issue.effectiveAt)})])].join(' · ')}
        </span>
      </div>
      {issue.note ? <p className="app-issue-note">{issue.note}</p> : null}
      {isAside ? null : <Steps className="app-issue-steps" size="small" responsive={false} current={stepOf[issue.state]} items={[t('step.issued'), t('step.verify'), t('step.complete'), t('step.confirm')].map(title => ({title}))} />}
      {opened.problems.length > 0 ? <Problems opened={opened} /> : null}
      <FellAway opened={opened} />
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      <IssueRows key={issue.state} opened={opened} form={form.data} />
      <div className="app-issue-past">
        <History opened={opened} />
        <Layers opened={opened} />
      </div>
      <IssueActions opened={opened} />
    </div>
  );
}

function Problems({opened}: {readonly opened: OpenedIssue}) {
  const t = useIssueText();
  const localize = useLocalize();
  const errors = opened.problems.filter(problem => problem.severity !== 'warning');
  return (
    <section className="app-issue-problems" role="alert">
      <h2>{errors.length > 0 ? t('problems', {count: errors.length}) : t('warnings', {count: opened.problems.length})}</h2>
      <ul className="app-plain-list">
        {opened.problems.slice(0, 20).map((problem, index) => (
          <li key={index}>
            {errors.length > 0 && problem.severity === 'warning' ? <span className="app-mark">{t('warning')}</span> : null} {localize({'zh-CN': problem.messageZh ?? problem.message, en: problem.message})} <span className="banli-secondary">{problem.code}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({opened}: {readonly opened: OpenedIssue}) {
  const t = useIssueText();
  return (
    <section>
      <h2>{t('history')}</h2>
      <ol className="app-plain-list">
        {opened.lines.map((line, index) => (
          <li key={index}>
            <time className="app-number">{formatFull(line.at)}</time> {line.personName} {t(`line.${line.kind}`)}
            {line.reason ? <div>{line.reason}</div> : null}
            {line.kind === 'verified' && opened.fellAway.length > 0 ? <div>{t('fellAway.line', {count: opened.fellAway.length})}</div> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Layers({opened: {issue}}: {readonly opened: OpenedIssue}) {
  const t = useIssueText();
  const loaded = useQuery({queryKey: ['issueLayers', issue.catalogId, issue.to.id], queryFn: () => api.call(catalogIssueRoutes.layers, {params: {catalogId: issue.catalogId}, query: {unit: issue.to.id}}), retry: false});
  const layers = loaded.data?.layers ?? [];
  if (layers.length === 0) return null;
  return (
    <section>
      <h2>{t('layers')}</h2>
      <ol className="app-plain-list">
        {layers.map(layer => (
          <li key={layer.number}>
            <span className="app-number">{layer.name}</span> <span className="app-mark">{t(`layer.${layer.kind}`)}</span>
            <div className="banli-secondary">{t('layer.line', {day: dayOf(layer.effectiveAt), base: layer.baseName})}{layer.reason ? ` · ${layer.reason}` : ''}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}
