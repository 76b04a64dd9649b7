/** Images a second of the last seconds, and the time left by them. */
export class Rate {
  private readonly marks: { readonly atMs: number; readonly done: number }[];

  constructor(done: number, private readonly windowMs = 10_000) {
    this.marks = [{ atMs: performance.now(), done }];
  }

  at(done: number, total: number): { imagesPerSecond: number | null; remainingMs: number | null } {
    const nowMs = performance.now();
    if (nowMs - this.marks.at(-1)!.atMs > 250) this.marks.push({ atMs: nowMs, done });
    while (this.marks.length > 2 && nowMs - this.marks[1]!.atMs > this.windowMs) this.marks.shift();
    const [first] = this.marks;
    const elapsedMs = nowMs - first!.atMs;
    // The first second is mostly the decoders' start.
    if (elapsedMs < 1000 || done <= first!.done) return { imagesPerSecond: null, remainingMs: null };
    const perMs = (done - first!.done) / elapsedMs;
    return { imagesPerSecond: perMs * 1000, remainingMs: (total - done) / perMs };
  }
}
