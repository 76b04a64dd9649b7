/** `--library DIR` or `--library=DIR` of the app's command line; undefined where it is not given. The last one counts. */
export function libraryArgument(argv: readonly string[]): string | undefined {
  let found: string | undefined;
  argv.forEach((argument, i) => {
    if (argument === '--library' && argv[i + 1] && !argv[i + 1].startsWith('--')) found = argv[i + 1];
    else if (argument.startsWith('--library=')) found = argument.slice('--library='.length) || undefined;
  });
  return found;
}
