import { expect, it } from 'vitest';
import source from '../router.ts?raw';
import { beginnings, pages, places } from './places';

it('leads to every route of the router that needs no id', () => {
  const paths = [...source.matchAll(/path: ['`](\/[^'`]*)['`]/g)].map((match) => match[1]!);
  expect(paths).toContain('/live/queue');
  const alone = paths.flatMap((path) => {
    const choice = /^(.*):\w+\(([a-z|]+)\)$/.exec(path);
    return choice ? choice[2]!.split('|').map((one) => choice[1]! + one) : [path];
  }).filter((path) => !path.includes(':') && !path.startsWith('/compare') && !['/', '/system', '/components'].includes(path));
  const led = [...places, ...pages, ...beginnings].map(({ to }) => to as string);
  expect(alone.filter((path) => !led.includes(path))).toEqual([]);
  expect(new Set(led).size).toBe(led.length);
});
