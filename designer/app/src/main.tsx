import {problemTexts, processTexts} from '@banli/designer-processes';
import {BanliProvider, createTexts} from '@banli/ui';
import {QueryClientProvider} from '@tanstack/react-query';
import {createRoot} from 'react-dom/client';
import {BrowserRouter, Navigate, Route, Routes} from 'react-router-dom';
import {BundleList} from './bundles/bundle-list.js';
import {EditorPage} from './editor/editor-page.js';
import {createQueryCache} from './http/api.js';
import {SessionGate} from './session/session-gate.js';
import {designerEn} from './texts/en.js';
import {designerZh} from './texts/zh-cn.js';
import './app.css';

const texts = createTexts({designer: {zh: designerZh, en: designerEn}, processes: processTexts, problems: problemTexts});

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id root.');
createRoot(root).render(
  <BanliProvider texts={texts}>
    <QueryClientProvider client={createQueryCache()}>
      <BrowserRouter basename="/designer">
        <SessionGate>
          <Routes>
            <Route path="/" element={<BundleList />} />
            <Route path="/bundles/:bundleId" element={<EditorPage />} />
            <Route path="*" element={<Navigate to="/" replace />} />
          </Routes>
        </SessionGate>
      </BrowserRouter>
    </QueryClientProvider>
  </BanliProvider>,
);
