// A thread that fills batches ahead of the training loop. Claims steps in order, waits for its slot to be free, fills it.
import { workerData } from 'node:worker_threads';
import { BatchFiller, type BatchPlan } from './fillBatch';
import { nextWord, slotOf, stopWord, type RingMemory } from './ring';

const { plan, ring } = workerData as { plan: BatchPlan; ring: RingMemory };
const { control } = ring;
const filler = new BatchFiller(plan);
const stopped = () => Atomics.load(control, stopWord) !== 0;

for (;;) {
  const step = ring.firstStep + Atomics.add(control, nextWord, 1);
  if (step >= ring.totalSteps || stopped()) break;
  const { target, word, free, filled } = slotOf(ring, step);
  for (let now = Atomics.load(control, word); now !== free && !stopped(); now = Atomics.load(control, word)) {
    // A time limit only as a net: whoever stops the ring wakes every slot.
    Atomics.wait(control, word, now, 1000);
  }
  if (stopped()) break;
  filler.fill(step, target);
  Atomics.store(control, word, filled);
  Atomics.notify(control, word);
}
