import react from '@vitejs/plugin-react';
import {join} from 'node:path';
import {defineConfig} from 'vite';
import {pluginList} from './plugin-list.js';

/** The workbench is served at `/`; its server in development is the running platform (`BANLI_ADDRESS`, default port 8330). */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), pluginList(join(import.meta.dirname, '../..'))],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'chrome109',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    // Libraries change seldom: browsers keep them over our own releases.
    rolldownOptions: {output: {codeSplitting: {groups: [{name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-[^\\/]+|dayjs)[\\/]/, priority: 2}, {name: 'libraries', test: /node_modules[\\/](react|react-dom|react-router|react-router-dom|scheduler|i18next|react-i18next|@tanstack|@formily|feelin|@lezer|luxon)[\\/]/, priority: 1}]}}},
  },
  server: {proxy: {'/api': process.env['BANLI_ADDRESS'] ?? 'http://127.0.0.1:8330'}},
});
