import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it } from 'vitest';
import { useUndo } from './undo';

let value: number;
const set = (to: number, change: { key?: string | null; within?: RegExp; owner?: string } = {}) => {
  const before = value;
  value = to;
  return useUndo().push({ owner: 'test', ...change, undo: () => { value = before; }, redo: () => { value = to; } });
};

beforeEach(() => {
  setActivePinia(createPinia());
  Object.assign(globalThis, { location: { hash: '#/library' } });
  value = 0;
});

it('takes back newest first and brings back', () => {
  const store = useUndo();
  set(1);
  set(2);
  expect([store.undo(), value, store.undo(), value, store.undo()]).toEqual([true, 1, true, 0, false]);
  expect([store.redo(), value, store.redo(), value, store.redo()]).toEqual([true, 1, true, 2, false]);
  store.undo();
  set(9);
  expect(store.redo()).toBe(false);
});

it('takes edits of one field as one step, and no edit joins what was brought back', () => {
  const store = useUndo();
  for (const to of [1, 2, 3]) set(to, { key: 'epochs' });
  set(4, { key: 'batchSize' });
  store.undo();
  expect(value).toBe(3);
  store.undo();
  expect(value).toBe(0);
  store.redo();
  set(5, { key: 'epochs' });
  store.undo();
  expect(value).toBe(3);
});

it('leaves alone what is of another page', () => {
  const store = useUndo();
  set(1);
  set(2, { within: /^#\/new/ });
  store.undo();
  expect(value).toBe(0);
  location.hash = '#/new/question';
  value = 2;
  expect(store.undo()).toBe(true);
  expect(value).toBe(1);
});

it('passes over what was taken back by other means', () => {
  const store = useUndo();
  set(1);
  store.push({ owner: 'page', spent: () => true, undo: () => { value = 99; } });
  expect(store.undo()).toBe(true);
  expect(value).toBe(0);
});

it('forgets an owner’s changes, and one that was undone elsewhere', () => {
  const store = useUndo();
  set(1, { owner: 'draft' });
  const take = set(2);
  set(3);
  take();
  store.forget('draft');
  expect(store.count).toBe(1);
  store.undo();
  expect(value).toBe(2);
  expect(store.undo()).toBe(false);
});
