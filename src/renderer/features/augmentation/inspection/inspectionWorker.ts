import type { ToWorker } from './protocol';
import { WorkerDesk } from './workerDesk';

// The trainer's augmentation beside the window: a grid of draws takes the window's thread no time.
const worker = self as unknown as Worker;
const desk = new WorkerDesk((message, moved) => { worker.postMessage(message, moved); }, () => new Promise((go) => { setTimeout(go); }));
addEventListener('message', ({ data }: MessageEvent<ToWorker>) => { desk.hear(data); });
