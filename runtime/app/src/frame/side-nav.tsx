import {AlertOutlined, ApartmentOutlined, ApiOutlined, BellOutlined, BookOutlined, CheckSquareOutlined, EditOutlined, FieldTimeOutlined, FileTextOutlined, InboxOutlined, PartitionOutlined, PlusCircleOutlined, SendOutlined} from '@ant-design/icons';
import {formatCount} from '@banli/ui';
import {Drawer, Tooltip} from 'antd';
import type {ReactNode} from 'react';
import {NavLink} from 'react-router-dom';
import {useCan} from '../session/session-context.js';
import {useText} from '../texts/hook.js';
import {useTokenText} from '../texts/tokens-hook.js';
import {useCounts, useEngineState} from './use-counts.js';

interface Entry {
  readonly to: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly count?: number;
  readonly external?: boolean;
}

/** The pages this person may open, with badge counts. */
function useEntries(): ReadonlyArray<readonly Entry[]> {
  const t = useText();
  const {data: counts} = useCounts();
  const canStart = useCan('cases.start');
  const canDesign = useCan('design.read');
  const canSeeAlarms = useCan('operations.read');
  const canSeeCatalogs = useCan('catalogs.read');
  const canPublish = useCan('catalogs.publish');
  const canManageTokens = useCan('tokens.manage');
  const tokenText = useTokenText();
  const {data: engine} = useEngineState();
  return [
    canStart ? [{to: '/register', icon: <PlusCircleOutlined />, label: t('nav.register')}] : [],
    [
      {to: '/inbox/todo', icon: <InboxOutlined />, label: t('box.todo'), count: counts?.todo ?? 0},
      {to: '/inbox/done', icon: <CheckSquareOutlined />, label: t('box.done')},
      {to: '/inbox/mine', icon: <SendOutlined />, label: t('box.mine')},
      ...(canStart ? [{to: '/inbox/drafts', icon: <EditOutlined />, label: t('box.drafts'), count: counts?.drafts ?? 0}] : []),
    ],
    [
      {to: '/notices', icon: <BellOutlined />, label: t('nav.notices'), count: counts?.notices ?? 0},
      {to: '/search', icon: <FileTextOutlined />, label: t('nav.search')},
      ...(canSeeAlarms ? [{to: '/alarms', icon: <AlertOutlined />, label: t('nav.alarms'), count: engine?.alarms ?? 0}] : []),
    ],
    [
      ...(canSeeCatalogs ? [{to: '/catalogs', icon: <BookOutlined />, label: t('nav.catalogs')}] : []),
      ...(canSeeCatalogs ? [{to: '/dispatch-rules', icon: <PartitionOutlined />, label: t('nav.dispatch')}] : []),
      ...(canPublish ? [{to: '/limit-plans', icon: <FieldTimeOutlined />, label: t('nav.plans')}] : []),
      ...(canManageTokens ? [{to: '/access-tokens', icon: <ApiOutlined />, label: tokenText('nav')}] : []),
      ...(canDesign ? [{to: '/designer/', icon: <ApartmentOutlined />, label: t('nav.designer'), external: true}] : []),
    ],
  ];
}

/** The left navigation; on a phone a drawer. */
export function SideNav({isPhone, isFolded, isOpen, onClose}: {readonly isPhone: boolean; readonly isFolded: boolean; readonly isOpen: boolean; readonly onClose: () => void}) {
  const t = useText();
  const groups = useEntries().filter(group => group.length > 0);
  const list = (
    <nav className="app-nav" aria-label={t('nav.label')}>
      {groups.map((group, index) => (
        <ul key={group[0]?.to ?? index} className="app-nav-group">
          {group.map(entry => (
            <li key={entry.to}>
              <NavItem entry={entry} isFolded={isFolded} onOpen={onClose} />
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
  if (!isPhone) return <aside className="app-side">{list}</aside>;
  return (
    <Drawer open={isOpen} onClose={onClose} placement="left" width={260} title={t('app.name')} styles={{body: {padding: 0}}}>
      {list}
    </Drawer>
  );
}

function NavItem({entry, isFolded, onOpen}: {readonly entry: Entry; readonly isFolded: boolean; readonly onOpen: () => void}) {
  const t = useText();
  const badge = formatCount(entry.count ?? 0);
  const inner = (
    <>
      <span className="app-nav-icon" aria-hidden>
        {entry.icon}
        {badge && isFolded ? <span className="app-nav-dot" /> : null}
      </span>
      <span className={isFolded ? 'banli-visually-hidden' : 'banli-one-line'}>{entry.label}</span>
      {badge ? (
        <span className={isFolded ? 'banli-visually-hidden' : 'app-nav-badge'}>
          {badge}
          <span className="banli-visually-hidden">{t('nav.items')}</span>
        </span>
      ) : null}
    </>
  );
  return (
    <Tooltip title={isFolded ? `${entry.label}${badge ? ` ${badge}` : ''}` : null} placement="right">
      {entry.external ? (
        <a className="app-nav-item" href={entry.to}>
          {inner}
        </a>
      ) : (
        <NavLink className="app-nav-item" to={entry.to} onClick={onOpen}>
          {inner}
        </NavLink>
      )}
    </Tooltip>
  );
}
