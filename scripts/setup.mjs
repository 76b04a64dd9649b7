// npm run setup -- [runtime] [electron] [data] [build]: everything that is missing, or the named parts.
import { setUp } from './lib/bootstrap.mjs';

const words = process.argv.slice(2);
await setUp(words.filter((word) => !word.startsWith('--')), words.filter((word) => word.startsWith('--')));
console.error('Set-up: everything is there.');
