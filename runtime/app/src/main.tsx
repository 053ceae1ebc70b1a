import {BanliProvider, createTexts} from '@banli/ui';
import {QueryClientProvider} from '@tanstack/react-query';
import {lazy, Suspense} from 'react';
import {createRoot} from 'react-dom/client';
import {BrowserRouter, Route, Routes} from 'react-router-dom';
import {AlarmsPage} from './alarms/alarms-page.js';
import {Frame} from './frame/frame.js';
import {MissingPage} from './frame/missing-page.js';
import {Redirect} from './frame/redirect.js';
import {createQueryCache} from './http/api.js';
import {InboxPage} from './inbox/inbox-page.js';
import {NoticesPage} from './notices/notices-page.js';
import {SearchPage} from './search/search-page.js';
import {SessionGate} from './session/session-gate.js';
import {allTexts} from './texts/all-texts.js';
import './app.css';

const CatalogsPage = lazy(async () => ({default: (await import('./catalogs/catalogs-page.js')).CatalogsPage}));
const CatalogPage = lazy(async () => ({default: (await import('./catalogs/catalog-page.js')).CatalogPage}));
const DispatchPage = lazy(async () => ({default: (await import('./dispatch/dispatch-page.js')).DispatchPage}));
const AutomaticDispatchPage = lazy(async () => ({default: (await import('./automatic-dispatch/automatic-dispatch-page.js')).AutomaticDispatchPage}));
const PlansPage = lazy(async () => ({default: (await import('./plans/plans-page.js')).PlansPage}));
const LimitBoardPage = lazy(async () => ({default: (await import('./limits/limit-board-page.js')).LimitBoardPage}));
const IssueBoardPage = lazy(async () => ({default: (await import('./issue/board-page.js')).IssueBoardPage}));
const IssuePage = lazy(async () => ({default: (await import('./issue/issue-page.js')).IssuePage}));
const SubscriptionsPage = lazy(async () => ({default: (await import('./subscriptions/subscriptions-page.js')).SubscriptionsPage}));
const TokensPage = lazy(async () => ({default: (await import('./tokens/tokens-page.js')).TokensPage}));
const CasePage = lazy(async () => ({default: (await import('./case/case-page.js')).CasePage}));
const ProgressPage = lazy(async () => ({default: (await import('./progress/progress-page.js')).ProgressPage}));
const RegisterPage = lazy(async () => ({default: (await import('./registration/register-page.js')).RegisterPage}));
const StartPage = lazy(async () => ({default: (await import('./registration/register-page.js')).StartPage}));
const DraftPage = lazy(async () => ({default: (await import('./registration/register-page.js')).DraftPage}));

const texts = createTexts(allTexts);
const cache = createQueryCache();

function Workbench() {
  return (
    <SessionGate>
      <Routes>
        <Route element={<Frame />}>
          <Route path="/inbox/:box" element={<InboxPage />} />
          <Route path="/register" element={<RegisterPage />} />
          <Route path="/register/:bundleId" element={<StartPage />} />
          <Route path="/drafts/:draftId" element={<DraftPage />} />
          <Route path="/cases/:caseId" element={<CasePage />} />
          <Route path="/notices" element={<NoticesPage />} />
          <Route path="/alarms" element={<AlarmsPage />} />
          <Route path="/search" element={<SearchPage />} />
          <Route path="/catalogs" element={<CatalogsPage />} />
          <Route path="/catalogs/:catalogId" element={<CatalogPage />} />
          <Route path="/dispatch-rules" element={<DispatchPage />} />
          <Route path="/automatic-dispatch" element={<AutomaticDispatchPage />} />
          <Route path="/limit-board" element={<LimitBoardPage />} />
          <Route path="/limit-plans" element={<PlansPage />} />
          <Route path="/catalog-issues" element={<IssueBoardPage />} />
          <Route path="/catalog-issues/:issueId" element={<IssuePage />} />
          <Route path="/catalog-subscriptions" element={<SubscriptionsPage />} />
          <Route path="/access-tokens" element={<TokensPage />} />
          <Route index element={<Redirect to="/inbox/todo" />} />
          <Route path="*" element={<MissingPage />} />
        </Route>
      </Routes>
    </SessionGate>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id root.');
createRoot(root).render(
  <BanliProvider texts={texts}>
    <QueryClientProvider client={cache}>
      <BrowserRouter>
        <Routes>
          <Route path="/progress" element={<Suspense><ProgressPage /></Suspense>} />
          <Route path="*" element={<Workbench />} />
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>
  </BanliProvider>,
);
