import type {CaseViewJson} from '@banli/api';
import {ErrorBoundary, formatMoment, useLanguage, type SaveState} from '@banli/ui';
import {Tabs} from 'antd';
import {SyncOutlined} from '@ant-design/icons';
import {useState, type ReactNode} from 'react';
import {useSearchParams} from 'react-router-dom';
import {serverClock} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {CaseHeader} from './case-header.js';
import {CaseRail} from './case-rail.js';
import {ClockDrawer} from './clock-drawer.js';
import {DiagramTab} from './diagram-tab.js';
import {FilesTab} from './files-tab.js';
import {ReadForm} from './read-form.js';
import {RelatedTab} from './related-tab.js';
import {TimelineTab} from './timeline-tab.js';

const tabNames = ['work', 'detail', 'diagram', 'timeline', 'files', 'related'] as const;
type TabName = (typeof tabNames)[number];

/** What stands around the work on a case: header, tabs, right rail and the bar at the bottom. The form stays alive behind the other tabs. */
export function CaseBody({view, notices, work, actions, saved}: {readonly view: CaseViewJson; readonly notices: ReactNode; readonly work: ReactNode; readonly actions: ReactNode; readonly saved: SaveState | null}) {
  const t = useText();
  const [search, setSearch] = useSearchParams();
  const [clockId, setClockId] = useState<string | null>(null);
  const tab: TabName = tabNames.find(name => name === search.get('tab')) ?? 'work';
  const show = (name: string) => {
    const next = new URLSearchParams(search);
    if (name === 'work') next.delete('tab');
    else next.set('tab', name);
    setSearch(next, {replace: true});
  };
  const parts: Readonly<Record<TabName, ReactNode>> = {
    work,
    detail: <ReadForm view={view} />,
    diagram: <DiagramTab view={view} isShown={tab === 'diagram'} />,
    timeline: <TimelineTab caseId={view.head.id} isShown={tab === 'timeline'} />,
    files: <FilesTab view={view} isShown={tab === 'files'} />,
    related: <RelatedTab view={view} />,
  };
  return (
    <div className="app-case">
      <div className="app-case-main">
        <CaseHeader view={view} saved={saved} onExplain={setClockId} />
        <PendingBanner view={view} />
        {notices}
        <Tabs
          className="app-case-tabs"
          activeKey={tab}
          onChange={show}
          items={tabNames.map(name => ({
            key: name,
            label: name === 'related' && view.related.length > 0 ? `${t('tab.related')} ${view.related.length}` : t(`tab.${name}`),
            children: (
              <ErrorBoundary scope="part" resetKey={`${view.head.id} ${name}`}>
                {parts[name]}
              </ErrorBoundary>
            ),
          }))}
        />
      </div>
      <CaseRail view={view} onExplain={setClockId} />
      {actions}
      <ClockDrawer caseId={view.head.id} clockId={clockId} onClose={() => setClockId(null)} />
    </div>
  );
}

/** While a command has not reached the engine: accepted once, safe, and what one may not do meanwhile. */
function PendingBanner({view}: {readonly view: CaseViewJson}) {
  const t = useText();
  const language = useLanguage();
  if (!view.pending) return null;
  return (
    <div className="app-pending" role="status">
      <SyncOutlined aria-hidden />
      <div>
        <strong>{t('case.pending', {moment: formatMoment(view.pending.since, serverClock.now(), language)})}</strong>
        <div>{t('case.pendingHelp')}</div>
      </div>
    </div>
  );
}
