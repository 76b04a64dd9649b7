import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { licencesPlugin } from '../../../scripts/package/licencesPlugin';

/** The window in a browser with a fake API: `npx vite --config src/renderer/dev/vite.config.ts`, then open /dev/index.html. */
export default defineConfig({ root: 'src/renderer', plugins: [vue(), licencesPlugin()], server: { port: 5199, strictPort: true, fs: { allow: [process.cwd()] } }, clearScreen: false, cacheDir: '../../node_modules/.vite-dev' });
