/** An installed app's native runtime: what is missing, and getting it. */
export const runtime = {
  title: 'One part is still missing',
  text: 'TensorFlow does the arithmetic of training. Its libraries are not in the package: they are fetched once, checked by their hash, tried with a small training step, and kept for you alone. Afterwards no network is needed.',
  need: { get: 'To fetch', arrived: '{all}, of which {arrived} is here', disk: 'On disk', diskFree: '{need}, {free} free', from: 'From', fromUnknown: 'no package index is known here', for: 'For', where: 'Kept in' },
  fetch: 'Fetch the runtime', resume: 'Go on fetching', cpuOnly: 'For the CPU only, {bytes}', usePack: 'Use an offline pack…', packNote: 'Without a network: a pack made on another computer by',
  running: 'Getting the native runtime', cancelling: 'Cancelling', kept: 'Cancelled. What has arrived is kept, and fetching goes on from there.',
  phase: { checking: 'Checking {what}', downloading: 'Downloading {what}', unpacking: 'Unpacking {what}', proving: 'Trying a small training step with {what}' }, progress: '{phase}, {done} of {all}', status: 'Fetching the runtime, {part}',
};
