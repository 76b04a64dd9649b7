import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { cacheFolder, isId, libraryFolder, newId, runFolder, slug } from './paths';

test('the library folder: option, then variable, then the user\'s data folder', () => {
  expect(libraryFolder('/a', { CULTIVAR_LIBRARY: '/b' })).toBe('/a');
  expect(libraryFolder(undefined, { CULTIVAR_LIBRARY: '/データ/私の library', XDG_DATA_HOME: '/c' })).toBe('/データ/私の library');
  expect(libraryFolder(undefined, { XDG_DATA_HOME: '/c' })).toBe('/c/cultivar');
  expect(libraryFolder(undefined, { XDG_DATA_HOME: 'relative' })).toBe(`${homedir()}/.local/share/cultivar`);
  expect(cacheFolder({ XDG_CACHE_HOME: '/c' })).toBe('/c/cultivar');
  expect(cacheFolder({ CULTIVAR_CACHE: '/d' })).toBe('/d');
});

test('ids are ASCII whatever the name is', () => {
  expect(slug('ResNet50, TrivialAugment (épochs: 100)', 'run')).toBe('resnet50-trivialaugment-epochs-100');
  expect(slug('増強の効果', 'run')).toBe('run');
  for (const name of ['増強', '../../etc', 'x'.repeat(300), '']) expect(isId(newId(name, 'run'))).toBe(true);
  expect(newId('a', 'run')).not.toBe(newId('a', 'run'));
});

test('only ids become part of a path', () => {
  expect(() => runFolder('/library', '../datasets')).toThrow(RangeError);
  expect(() => runFolder('/library', '')).toThrow(RangeError);
});
