import {ErrorBoundary} from '@banli/ui';
import {Grid} from 'antd';
import {Suspense, useState} from 'react';
import {Outlet, useLocation} from 'react-router-dom';
import {PageSkeleton} from './page-skeleton.js';
import {SearchPalette} from '../search/search-palette.js';
import {useText} from '../texts/hook.js';
import {SideNav} from './side-nav.js';
import {TaskAnnouncer} from './task-announcer.js';
import {TopBar} from './top-bar.js';
import {useShortcut} from './use-shortcut.js';

const foldedKey = 'banli.nav.folded';

/** Navigation, top bar and the page. The navigation folds to icons and remembers it; on a phone it opens over the page. */
export function Frame() {
  const t = useText();
  const {pathname} = useLocation();
  const isPhone = Grid.useBreakpoint().md === false;
  const [isFolded, setFolded] = useState(() => localStorage.getItem(foldedKey) === '1');
  const [isNavOpen, setNavOpen] = useState(false);
  const [isSearching, setSearching] = useState(false);
  useShortcut('k', () => setSearching(true), {ctrl: true});
  const fold = () => {
    if (isPhone) setNavOpen(true);
    else {
      localStorage.setItem(foldedKey, isFolded ? '0' : '1');
      setFolded(!isFolded);
    }
  };
  return (
    <div className={`app-frame${isFolded && !isPhone ? ' app-frame-folded' : ''}`}>
      <a className="app-skip" href="#page">
        {t('frame.skip')}
      </a>
      <TopBar onFold={fold} isFolded={isFolded} onSearch={() => setSearching(true)} />
      <SideNav isPhone={isPhone} isFolded={isFolded && !isPhone} isOpen={isNavOpen} onClose={() => setNavOpen(false)} />
      <main id="page" className="app-page" tabIndex={-1}>
        <ErrorBoundary scope="page" resetKey={pathname}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </main>
      <TaskAnnouncer />
      {isSearching ? <SearchPalette onClose={() => setSearching(false)} /> : null}
    </div>
  );
}

function Waiting() {
  return (
    <div className="app-pad">
      <PageSkeleton rows={8} />
    </div>
  );
}
