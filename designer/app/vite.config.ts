import react from '@vitejs/plugin-react';
import {defineConfig} from 'vite';

/** The designer is served at `/designer/`; its server in development is the running platform (`BANLI_ADDRESS`, default port 8330). */
export default defineConfig({
  root: import.meta.dirname,
  base: '/designer/',
  plugins: [react()],
  worker: {format: 'es'},
  build: {outDir: 'dist', emptyOutDir: true, target: 'chrome109', assetsInlineLimit: 0, chunkSizeWarningLimit: 2500},
  server: {proxy: {'/api': process.env['BANLI_ADDRESS'] ?? 'http://127.0.0.1:8330'}},
});
