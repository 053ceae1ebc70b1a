import {DisconnectOutlined, MenuFoldOutlined, MenuUnfoldOutlined, SearchOutlined} from '@ant-design/icons';
import {LanguageSwitch, useLanguage, unitTitle} from '@banli/ui';
import {Button, Tooltip} from 'antd';
import {Link} from 'react-router-dom';
import {useText} from '../texts/hook.js';
import {useCentre} from './use-centre.js';
import {NoticeBell} from './notice-bell.js';
import {PersonMenu} from './person-menu.js';
import {useEngineState} from './use-counts.js';

/** Product, search, engine mark, notices, person: 48 pixels that are the same on every page. */
export function TopBar({onFold, isFolded, onSearch}: {readonly onFold: () => void; readonly isFolded: boolean; readonly onSearch: () => void}) {
  const t = useText();
  return (
    <header className="app-top">
      <Button type="text" aria-label={t(isFolded ? 'nav.unfold' : 'nav.fold')} icon={isFolded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />} onClick={onFold} />
      <Link to="/inbox/todo" className="app-brand">
        <img src="/favicon.svg" alt="" width={22} height={22} />
        <span>{t('app.name')}</span>
      </Link>
      <Tenant />
      <button type="button" className="app-search-open" onClick={onSearch}>
        <SearchOutlined aria-hidden />
        <span className="banli-one-line">{t('search.open')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <span className="app-top-space" />
      <EngineMark />
      <NoticeBell />
      <span className="app-top-language">
        <LanguageSwitch />
      </span>
      <PersonMenu />
    </header>
  );
}

/** The centre this post works under: whose workbench this is. */
function Tenant() {
  const centre = useCentre();
  const language = useLanguage();
  if (!centre) return null;
  const name = unitTitle(centre, language);
  return <span className="app-tenant banli-one-line" title={name}>{name}</span>;
}

/** Shown only while the engine is away: what still works and what waits. */
function EngineMark() {
  const t = useText();
  const {data: engine} = useEngineState();
  if (!engine || engine.up) return null;
  return (
    <Tooltip title={t('engine.downHelp', {count: engine.pendingCommands})}>
      <span className="app-engine-down" role="status" tabIndex={0}>
        <DisconnectOutlined aria-hidden />
        <span className="app-engine-words">{t('engine.down')}</span>
      </span>
    </Tooltip>
  );
}
