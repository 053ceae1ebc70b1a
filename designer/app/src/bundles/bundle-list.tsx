import {designRoutes, type AnswerOf} from '@banli/api';
import {EmptyState, ErrorPanel, formatFull, formatMoment, LanguageSwitch, Skeleton, useLanguage, useLocalize} from '@banli/ui';
import {systemClock} from '@banli/time';
import {useQuery} from '@tanstack/react-query';
import {Table, Tag} from 'antd';
import {Link} from 'react-router-dom';
import {api} from '../http/api.js';
import {useSession} from '../session/session-gate.js';
import {useText} from '../texts/hook.js';
import {usePublisher} from './use-publisher.js';

type Row = AnswerOf<typeof designRoutes.bundles>['bundles'][number];

/** Every bundle with its current release and its draft. */
export function BundleList() {
  const t = useText();
  const language = useLanguage();
  const localize = useLocalize();
  const {person} = useSession();
  const loaded = useQuery({queryKey: ['bundles'], queryFn: () => api.call(designRoutes.bundles)});
  const publisher = usePublisher();
  const moment = (at: number | null): React.ReactNode => (at === null ? '—' : <span title={formatFull(at)}>{formatMoment(at, systemClock.now(), language)}</span>);
  return (
    <div className="designer-page">
      <header className="designer-bar">
        <strong>{t('app.title')}</strong>
        <span className="designer-bar-end">
          <a href="/">{t('frame.workbench')}</a>
          <LanguageSwitch />
          <span className="banli-secondary">{person.name}</span>
        </span>
      </header>
      <main className="designer-list">
        <h1>{t('bundles.title')}</h1>
        {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
        {loaded.isPending ? <Skeleton rows={4} /> : null}
        {loaded.data ? (
          <Table<Row>
            size="small"
            rowKey="bundleId"
            pagination={false}
            dataSource={[...loaded.data.bundles]}
            locale={{emptyText: <EmptyState title={t('bundles.none')} help={t('bundles.noneHelp')} />}}
            columns={[
              {title: t('bundles.name'), key: 'title', render: (_, row) => <Link to={`/bundles/${row.bundleId}`}>{localize(row.title)}</Link>},
              {title: t('bundles.version'), key: 'version', render: (_, row) => (row.current ? <>{row.current.version} <span className="banli-code banli-secondary">{row.current.hash.slice(0, 8)}</span></> : <Tag>{t('bundles.unpublished')}</Tag>)},
              {title: t('bundles.publishedAt'), key: 'at', responsive: ['md'], render: (_, row) => moment(row.current?.publishedAt ?? null)},
              {title: t('bundles.publishedBy'), key: 'by', responsive: ['md'], render: (_, row) => (row.current ? publisher(row.current.publishedBy) : '—')},
              {title: t('bundles.openCases'), key: 'open', align: 'right', render: (_, row) => row.current?.openCases ?? 0},
              {title: t('bundles.draft'), key: 'draft', responsive: ['md'], render: (_, row) => (row.draftSavedAt === null ? '—' : <>{moment(row.draftSavedAt)} {row.draftBy}</>)},
            ]}
          />
        ) : null}
      </main>
    </div>
  );
}
