import { expect, it } from 'vitest';
import { masked } from './masked';

const own = {
  folders: { LIBRARY: '/data/花子/ライブラリ と 実験', CACHE: '/home/hanako/.cache/cultivar', '~': '/home/hanako' },
  names: { USER: 'hanako', HOST: 'ws-hanako.example' },
};

it('names neither person nor computer, and keeps what helps', () => {
  expect(masked('EACCES: /data/花子/ライブラリ と 実験/runs/a1/events.jsonl, of hanako at ws-hanako.example', own)).toBe('EACCES: LIBRARY/runs/a1/events.jsonl, of USER at HOST');
  expect(masked('at open (/home/hanako/.cache/cultivar/x.so:3)\nat /home/hanako/app/main.js:7', own)).toBe('at open (CACHE/x.so:3)\nat ~/app/main.js:7');
  expect(masked('/media/hanako/USB-1 and Hanako\'s', own)).toBe('/media/USER/USB-1 and USER\'s');
});

it('masks homes of others and of other systems, also without knowing a thing', () => {
  expect(masked('/home/花子/x /Users/taro/y /root/z C:\\Users\\Taro\\w')).toBe('~/x ~/y ~/z ~\\w');
});

it('takes passwords out of addresses', () => {
  expect(masked('http://taro:secret@proxy:8080/ and https://token@host/simple')).toBe('http://***@proxy:8080/ and https://***@host/simple');
});

it('leaves words alone that only hold a name, and names that are anyone\'s', () => {
  expect(masked('annotation of ann-1 in /srv/ann', { folders: {}, names: { USER: 'ann' } })).toBe('annotation of USER-1 in /srv/USER');
  expect(masked('rooted at root, user', { folders: {}, names: { USER: 'root', HOST: 'localhost' } })).toBe('rooted at root, user');
  expect(masked('/data/library-2/x', { folders: { LIBRARY: '/data/library' }, names: {} })).toBe('/data/library-2/x');
});

it('a name with signs of regular expressions is taken as it is', () => {
  expect(masked('/srv/a.b+c/x of a.b+c, not aXb+c', { folders: { LIBRARY: '/srv/a.b+c' }, names: { USER: 'a.b+c' } })).toBe('LIBRARY/x of USER, not aXb+c');
});
