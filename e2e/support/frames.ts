import type { Page } from '@playwright/test';

export interface Frames {
  readonly intervalsMs: readonly number[];
  /** Work of the page's main thread a frame: script, style, layout and painting together. */
  readonly workMsAFrame: number;
  readonly longestTaskMs: number;
}

/** Counts the page's own frames for a while; Chromium's counter of task time tells the work in them. */
export async function frames(page: Page, measuredMs: number): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const taskSeconds = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value;
  const before = await taskSeconds();
  const { intervalsMs, longestTaskMs } = await page.evaluate((durationMs) => new Promise<{ intervalsMs: number[]; longestTaskMs: number }>((resolve) => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); });
    observer.observe({ type: 'longtask' });
    const intervals: number[] = [];
    const startMs = performance.now();
    let lastMs = 0;
    const frame = (atMs: number) => {
      if (lastMs > 0) intervals.push(atMs - lastMs);
      lastMs = atMs;
      if (performance.now() - startMs < durationMs) requestAnimationFrame(frame);
      else {
        observer.disconnect();
        resolve({ intervalsMs: intervals, longestTaskMs: longest });
      }
    };
    requestAnimationFrame(frame);
  }), measuredMs);
  const workMsAFrame = ((await taskSeconds()) - before) * 1000 / intervalsMs.length;
  await session.detach();
  return { intervalsMs, workMsAFrame, longestTaskMs };
}

/** A row of the tables in docs/performance.md, whose head is `frameHead`. */
export const frameRow = (what: string, { intervalsMs, workMsAFrame, longestTaskMs }: Frames) => {
  const sorted = [...intervalsMs].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!.toFixed(1);
  const late = (100 * sorted.filter((ms) => ms > 25).length / sorted.length).toFixed(1);
  return `| ${what} | ${sorted.length} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${sorted.at(-1)!.toFixed(0)} | ${late} % | ${workMsAFrame.toFixed(2)} | ${longestTaskMs === 0 ? 'none' : longestTaskMs.toFixed(0)} |`;
};

export const frameHead = [
  '| | frames | median ms | 95 % ms | 99 % ms | longest ms | late | work ms a frame | longest task ms |',
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
];

/** Puts a text between its two marks in a document; at its end where they are not there yet. */
export function between(document: string, [begin, end]: readonly [string, string], text: string): string {
  const from = document.indexOf(begin);
  const whole = `${begin}\n${text}\n${end}`;
  return from < 0 ? `${document.trimEnd()}\n\n${whole}\n` : `${document.slice(0, from)}${whole}${document.slice(document.indexOf(end) + end.length)}`;
}
