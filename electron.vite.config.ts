import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { licencesPlugin } from './scripts/package/licencesPlugin';

const entry = (path: string) => resolve(import.meta.dirname, path);

// Programs of their own find each other by name: out/main/trainer.js beside out/main/index.js. Chunks lie in the same folder, so that
// code means the same folder by import.meta.url whichever file it ended up in.
const names = { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' };

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Dependencies stay in node_modules: the native binding is one of them, and it finds its files from there. But for what stands before the window:
      // out of one file it is read ten times as fast as out of a hundred.
      externalizeDeps: { exclude: ['zod'] },
      minify: false,
      sourcemap: true,
      rollupOptions: {
        input: {
          index: entry('src/main/index.ts'),
          trainer: entry('src/trainer/index.ts'),
          inputWorker: entry('src/engine/input/inputWorker.ts'),
          probe: entry('src/engine/probe/index.ts'),
          exporter: entry('src/export/process.ts'),
          importer: entry('src/import/process.ts'),
          auditor: entry('src/audit/process.ts'),
          auditWorker: entry('src/audit/tileWorker.ts'),
          decoder: entry('src/import/decode/process.ts'),
          cli: entry('src/cli/index.ts'),
        },
        output: names,
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload must be one CommonJS file.
      rollupOptions: { input: { index: entry('src/preload/index.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      outDir: 'out/renderer',
      // The page's policy allows neither data: fonts nor inline scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      minify: true,
      rollupOptions: { input: entry('src/renderer/index.html') },
    },
    plugins: [vue(), licencesPlugin()],
  },
});
