import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `--library DIR` or `--library=DIR` of the app's command line; undefined where it is not given. The last one counts. */
export function libraryArgument(argv: readonly string[]): string | undefined {
  let found: string | undefined;
  argv.forEach((argument, i) => {
    if (argument === '--library' && argv[i + 1] && !argv[i + 1].startsWith('--')) found = argv[i + 1];
    else if (argument.startsWith('--library=')) found = argument.slice('--library='.length) || undefined;
  });
  return found;
}

/** The archive of runs among the arguments, as a file manager gives it when it is opened with the app; null without one. */
export function archiveArgument(argv: readonly string[], folder: string): string | null {
  const found = argv.slice(1).findLast((argument, i, rest) => !argument.startsWith('-') && /\.zip$/i.test(argument) && rest[i - 1] !== '--library');
  if (found === undefined) return null;
  return found.startsWith('file://') ? fileURLToPath(found) : resolve(folder, found);
}
