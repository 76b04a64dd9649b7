import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trainingLibrary, waitingRun } from '../../test/support/trainingLibrary';
import type { EndedEvent } from '../core/run/events';
import { readRun } from '../library/runs';
import { runOnce } from './host/runOnce';

/** TensorFlow and the weights fit in, a step of 64 images with the maps of this stem does not. */
const limitBytes = 700_000_000;

/** As much as its threads need, which count their stacks, and what fits beside them. */
const refusedBytes = 900_000_000;

/** Trains where memory for the process is short from its start on. */
async function trainWithin(limit: (pid: number) => void): Promise<{ end: EndedEvent; failure: unknown }> {
  const library = trainingLibrary();
  const runId = await waitingRun(library, { model: { architecture: 'resnet18', stem: 'cifar' }, batchSize: 64, epochs: 1, augmentation: 'none' });
  const handle = runOnce(library, runId, false, () => undefined);
  await expect.poll(() => handle.pid() ?? 0, { timeout: 60_000, interval: 2 }).toBeGreaterThan(0);
  limit(handle.pid()!);
  const end = await handle.ended;
  return { end, failure: (await readRun(library, runId)).failure };
}

function expectTold({ end: { outcome, error }, failure }: Awaited<ReturnType<typeof trainWithin>>): void {
  expect({ outcome, error }).toMatchObject({
    outcome: 'failed',
    error: { code: 'out-of-memory', message: expect.stringMatching(/^Training on 64 images at once did not fit into memory, of which \d/) as string, remedy: expect.stringMatching(/Take a batch size of (8|16|24|32|40|48|56), which fits by estimate/) as string },
  });
  expect(failure).toEqual(error);
}

const groups = ['/sys/fs/cgroup/memory', '/sys/fs/cgroup'].find((folder) => existsSync(join(folder, 'cgroup.procs')));
const file = groups?.endsWith('memory') ? 'memory.limit_in_bytes' : 'memory.max';
const own = groups && join(groups, `cultivar-test-${process.pid}`);
/** Making a control group is root's. */
function canLimit(): boolean {
  try {
    mkdirSync(own!);
    const can = existsSync(join(own!, file));
    rmdirSync(own!);
    return can;
  } catch {
    return false;
  }
}

it.runIf(canLimit())('a trainer that the kernel ends for want of memory is told as such, with the batch that would fit', async () => {
  mkdirSync(own!);
  try {
    writeFileSync(join(own!, file), String(limitBytes));
    const told = await trainWithin((pid) => { writeFileSync(join(own!, 'cgroup.procs'), String(pid)); });
    expect(told.end.exit.signal).toBe('SIGKILL');
    expectTold(told);
  } finally {
    rmdirSync(own!);
  }
}, 300_000);

it('an allocation that the system refuses is told as such, with the batch that would fit', async () => {
  // Which allocation is refused first is the threads' luck. Native code that does not look at what it got ends by SIGSEGV, as any fault of
  // its does, and is told as one (decision 210): that end is not what is looked at here.
  const refused = () => trainWithin((pid) => { execFileSync('prlimit', ['--pid', String(pid), `--data=${refusedBytes}`]); });
  let told = await refused();
  for (let more = 3; more > 0 && told.end.exit.signal === 'SIGSEGV'; more -= 1) told = await refused();
  expectTold(told);
}, 300_000);
