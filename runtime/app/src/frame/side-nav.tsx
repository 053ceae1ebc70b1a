import {formatCount} from '@banli/ui';
import {Drawer, Tooltip} from 'antd';
import {NavLink} from 'react-router-dom';
import {useText} from '../texts/hook.js';
import {useEntries, type Entry} from './use-entries.js';

/** The left navigation; on a phone a drawer. */
export function SideNav({isPhone, isFolded, isOpen, onClose}: {readonly isPhone: boolean; readonly isFolded: boolean; readonly isOpen: boolean; readonly onClose: () => void}) {
  const t = useText();
  const groups = useEntries().map(group => group.filter(entry => !entry.isDeep));
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
