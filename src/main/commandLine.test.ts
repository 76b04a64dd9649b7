import { expect, it } from 'vitest';
import { libraryArgument } from './commandLine';

it('finds the library in both forms', () => {
  expect(libraryArgument(['electron', '.', '--library', '/a b/ライブラリ'])).toBe('/a b/ライブラリ');
  expect(libraryArgument(['electron', '.', '--library=/x=y', '--other'])).toBe('/x=y');
  expect(libraryArgument(['electron', '--library', '/a', '--library=/b'])).toBe('/b');
});

it('takes no other switch for a folder', () => {
  for (const argv of [[], ['--library'], ['--library='], ['--library', '--no-sandbox'], ['--libraryx', '/a']]) expect(libraryArgument(argv)).toBeUndefined();
});
