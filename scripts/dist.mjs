// npm run dist -- [--with-runtime] [--out DIR]: a Debian package of the app and its command line, in dist/.
import { runTypeScript, setUp } from './lib/bootstrap.mjs';

await setUp(['runtime', 'electron', 'build']);
process.exit(await runTypeScript('scripts/package/index.ts', process.argv.slice(2)));
