import type { RateEvent } from '../../core/run/events';

/** How fast a run is and how long it will take, from what it has taken so far in this sitting. */
export class Pace {
  private windowStart = performance.now();
  private windowImages = 0;
  private windowWaitedMs = 0;
  private steps = 0;
  private stepMs = 0;
  private evaluateMs: number | null = null;

  constructor(private readonly totalSteps: number, private readonly stepsPerEpoch: number) {}

  /** @param waitedMs of the source, so far */
  stepped(images: number, ms: number): void {
    this.windowImages += images;
    // The first steps warm caches up and choose kernels.
    if (this.steps++ >= 2) this.stepMs += ms;
  }

  evaluated(ms: number): void { this.evaluateMs = ms; this.restart(); }

  /** Starts the window anew: what lies in between was no training. */
  restart(): void {
    this.windowStart = performance.now();
    this.windowImages = 0;
    this.windowWaitedMs = 0;
  }

  waited(ms: number): void { this.windowWaitedMs += ms; }

  /** About once a second, else null. @param step done */
  rate(step: number): RateEvent | null {
    const ms = performance.now() - this.windowStart;
    if (ms < 1000 || this.steps < 3) return null;
    const perStep = this.stepMs / (this.steps - 2);
    const epochsLeft = Math.ceil(this.totalSteps / this.stepsPerEpoch) - Math.floor(step / this.stepsPerEpoch);
    const event: RateEvent = {
      type: 'rate', atMs: Date.now(), step,
      imagesPerSecond: (this.windowImages / ms) * 1000,
      inputWaitFraction: this.windowWaitedMs / ms,
      remainingMs: (this.totalSteps - step) * perStep + epochsLeft * (this.evaluateMs ?? 0),
      residentBytes: process.memoryUsage.rss(),
    };
    this.restart();
    return event;
  }
}
