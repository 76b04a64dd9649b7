import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { cultivar } from '../../../test/support/commandLine';
import { writeManyRuns } from '../../../test/support/manyRuns';
import { tempFolder } from '../../../test/support/tempFolder';

vi.setConfig({ testTimeout: 600_000 });

it('tags, notes and searches by command, and takes weights out of a run and back', async () => {
  const library = tempFolder();
  const [id, other] = writeManyRuns(library, { count: 2, epochs: 2, stepsPerEpoch: 5, events: true }) as [string, string];
  const checkpoint = join(library, 'runs', id, 'checkpoints', '10');
  mkdirSync(checkpoint, { recursive: true });
  writeFileSync(join(checkpoint, 'weights.safetensors'), randomBytes(1_000_000));
  const run = async (...words: string[]) => { const ended = await cultivar([...words, '--json', '--library', library]); return { code: ended.code, value: JSON.parse(ended.stdout) as unknown }; };

  expect(await run('tag', id, '+seminar', '+old')).toMatchObject({ code: 0, value: { kind: 'run', id, tags: ['seminar', 'old'] } });
  expect(await run('tag', id, '-SEMINAR', '-old', '+データ 拡張')).toMatchObject({ code: 0, value: { tags: ['データ 拡張'] } });
  expect(await run('note', id, 'for the write-up')).toMatchObject({ code: 0, value: { note: 'for the write-up' } });
  expect(await run('runs', '--tag', 'データ 拡張')).toMatchObject({ code: 0, value: [{ id, note: 'for the write-up', tags: ['データ 拡張'] }] });
  expect(((await run('runs', '--find', 'epochs:2 -tag:拡張')).value as { id: string }[]).map((one) => one.id)).toEqual([other]);
  expect(await run('tag', id, '+a:b')).toMatchObject({ code: 2, value: { error: { code: 'usage' } } });
  expect(await run('tag', 'nobody-abcdef', '+a')).toMatchObject({ code: 2, value: { error: { code: 'run-unknown' } } });

  expect(await run('bin', 'weights', id)).toMatchObject({ code: 0 });
  expect(await run('bin', 'run', other)).toMatchObject({ code: 0, value: { items: expect.arrayContaining([expect.objectContaining({ kind: 'run', id: other }), expect.objectContaining({ kind: 'weights', id })]) as unknown } });
  expect(await run('bin', 'restore', other)).toMatchObject({ code: 0, value: { items: [{ kind: 'weights', id }] } });
  const { value } = await run('bin', 'empty');
  expect((value as { freedBytes: number }).freedBytes).toBeGreaterThanOrEqual(1_000_000);
  expect(await run('bin', 'restore', id)).toMatchObject({ code: 2, value: { error: { code: 'run-unknown' } } });
});
