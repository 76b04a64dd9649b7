// A host in a process of its own, for tests that kill it: trains one run and prints its trainer's process number once it is known.
import { runOnce } from '../../src/trainer/host/runOnce';

const [library, runId] = process.argv.slice(2);
const handle = runOnce(library!, runId!, false, (events) => {
  for (const event of events) if (event.type === 'started') console.log(event.pid);
});
await handle.ended;
