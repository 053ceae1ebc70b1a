import {BellOutlined} from '@ant-design/icons';
import {noticeRoutes} from '@banli/api';
import {EmptyState, ErrorPanel, formatMoment, Skeleton, useLanguage, useLocalize} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {Badge, Button, Grid, Popover} from 'antd';
import {useState} from 'react';
import {Link, useNavigate} from 'react-router-dom';
import {api, serverClock} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {useCounts, useLatestNotices} from './use-counts.js';

/** The bell with the number of unread notices, and the newest ones. */
export function NoticeBell() {
  const t = useText();
  const {data: counts} = useCounts();
  const [isOpen, setOpen] = useState(false);
  const isPhone = Grid.useBreakpoint().md === false;
  const navigate = useNavigate();
  const unread = counts?.notices ?? 0;
  const open = (isNext: boolean) => (isPhone ? void navigate('/notices') : setOpen(isNext));
  return (
    <Popover open={isOpen} onOpenChange={open} trigger="click" placement="bottomRight" arrow={false} content={<LatestNotices isOpen={isOpen} onClose={() => setOpen(false)} />} styles={{body: {padding: 0}}}>
      <Badge count={unread} size="small" offset={isPhone ? [-10, 12] : [-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={t('notices.bell', {count: unread})} />
      </Badge>
    </Popover>
  );
}

function LatestNotices({isOpen, onClose}: {readonly isOpen: boolean; readonly onClose: () => void}) {
  const t = useText();
  const localize = useLocalize();
  const language = useLanguage();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const latest = useLatestNotices(isOpen);
  const read = useMutation({
    mutationFn: (noticeId: string) => api.call(noticeRoutes.read, {params: {noticeId}}),
    onSuccess: () => Promise.all([cache.invalidateQueries({queryKey: ['notices']}), cache.invalidateQueries({queryKey: ['counts']})]),
  });
  const open = (notice: {readonly id: string; readonly caseId: string | null; readonly readAt: number | null}) => {
    if (notice.readAt === null) read.mutate(notice.id);
    if (notice.caseId) void navigate(`/cases/${notice.caseId}`);
    onClose();
  };
  return (
    <div className="app-bell">
      <div className="app-bell-head">
        <h2>{t('nav.notices')}</h2>
        <Link to="/notices" onClick={onClose}>
          {t('notices.all')}
        </Link>
      </div>
      {latest.error ? <ErrorPanel error={latest.error} onRetry={() => void latest.refetch()} /> : null}
      {latest.isPending ? <Skeleton rows={3} /> : null}
      {latest.data?.notices.length === 0 ? <EmptyState title={t('notices.none')} help={t('notices.noneHelp')} /> : null}
      <ul className="app-plain-list">
        {latest.data?.notices.map(notice => (
          <li key={notice.id}>
            <button type="button" className={`app-bell-item${notice.readAt === null ? ' app-unread' : ''}`} onClick={() => open(notice)}>
              <span className="app-bell-title">
                {notice.readAt === null ? <span className="app-dot" title={t('notices.unread')} /> : null}
                <span className="banli-one-line">{localize(notice.title)}</span>
                <span className="banli-secondary">{formatMoment(notice.at, serverClock.now(), language)}</span>
              </span>
              <span className="banli-secondary app-two-lines">{localize(notice.body)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
