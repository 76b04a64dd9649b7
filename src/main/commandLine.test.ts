import { expect, it } from 'vitest';
import { archiveArgument, libraryArgument } from './commandLine';

it('finds the library in both forms', () => {
  expect(libraryArgument(['electron', '.', '--library', '/a b/ライブラリ'])).toBe('/a b/ライブラリ');
  expect(libraryArgument(['electron', '.', '--library=/x=y', '--other'])).toBe('/x=y');
  expect(libraryArgument(['electron', '--library', '/a', '--library=/b'])).toBe('/b');
});

it('takes no other switch for a folder', () => {
  for (const argv of [[], ['--library'], ['--library='], ['--library', '--no-sandbox'], ['--libraryx', '/a']]) expect(libraryArgument(argv)).toBeUndefined();
});

it('finds the archive that a file manager opens', () => {
  expect(archiveArgument(['cultivar-app', '/a/実験 1.cultivar.zip'], '/here')).toBe('/a/実験 1.cultivar.zip');
  expect(archiveArgument(['electron', '/project', '--library', '/l.zip', 'x.ZIP'], '/here')).toBe('/here/x.ZIP');
  expect(archiveArgument(['cultivar-app', 'file:///a%20b/x.zip'], '/here')).toBe('/a b/x.zip');
  for (const argv of [['/opt/app.zip'], ['cultivar-app', '--library', '/l.zip'], ['cultivar-app', '--switch=x.zip'], ['cultivar-app', 'images']]) expect(archiveArgument(argv, '/')).toBeNull();
});
