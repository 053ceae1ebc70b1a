import {designRoutes} from '@banli/api';
import {CopyText, ErrorPanel, formatFull, formatMoment, Skeleton, useLanguage} from '@banli/ui';
import {systemClock} from '@banli/time';
import {useQuery} from '@tanstack/react-query';
import {Drawer, Grid, Table, Tag} from 'antd';
import {api} from '../http/api.js';
import {usePublisher} from '../bundles/use-publisher.js';
import {useText} from '../texts/hook.js';

/** Every release of a bundle, newest first; open cases stay on theirs. */
export function ReleasesDrawer({bundleId, open, onClose}: {readonly bundleId: string; readonly open: boolean; readonly onClose: () => void}) {
  const t = useText();
  const language = useLanguage();
  const publisher = usePublisher();
  // On a phone five columns would break within their words: the fingerprint goes, and who published stands below the time.
  const {md: isWide = true} = Grid.useBreakpoint();
  const loaded = useQuery({queryKey: ['releases', bundleId], queryFn: () => api.call(designRoutes.releases, {params: {bundleId}}), enabled: open});
  return (
    <Drawer title={t('releases.title')} open={open} onClose={onClose} width={720}>
      {loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : null}
      {open && loaded.isPending ? <Skeleton rows={4} /> : null}
      {loaded.data ? (
        <Table
          size="small"
          rowKey="hash"
          pagination={{pageSize: 20, hideOnSinglePage: true}}
          dataSource={[...loaded.data.releases]}
          columns={[
            {title: t('releases.version'), key: 'version', render: (_, row) => <>{row.version} {row.current ? <Tag color="blue">{t('releases.current')}</Tag> : null}{row.status === 'deployed' ? null : <Tag>{t(row.status === 'deploying' ? 'releases.deploying' : 'releases.refused')}</Tag>}</>},
            {title: t('releases.hash'), key: 'hash', responsive: ['md'], render: (_, row) => <><span className="banli-code">{row.hash.slice(0, 12)}</span> <CopyText text={row.hash} what={t('releases.hash')} /></>},
            {title: t('bundles.publishedAt'), key: 'at', render: (_, row) => <span title={formatFull(row.publishedAt)}>{formatMoment(row.publishedAt, systemClock.now(), language)}{isWide ? null : <div className="banli-secondary">{publisher(row.publishedBy)}</div>}</span>},
            {title: t('bundles.publishedBy'), key: 'by', responsive: ['md'], render: (_, row) => publisher(row.publishedBy)},
            {title: t('bundles.openCases'), dataIndex: 'openCases', key: 'open', align: 'right'},
          ]}
        />
      ) : null}
    </Drawer>
  );
}
