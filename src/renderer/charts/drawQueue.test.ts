import { beforeEach, expect, it, vi } from 'vitest';

/** The outermost edge: the page, its frames and whether it is seen. */
let frames: (() => void)[];
let page: { hidden: boolean; addEventListener: (name: string, listener: () => void) => void };
let shown: () => void;
const nextFrame = () => { for (const frame of frames.splice(0)) frame(); };

beforeEach(() => {
  vi.resetModules();
  frames = [];
  page = { hidden: false, addEventListener: (_name, listener) => { shown = listener; } };
  vi.stubGlobal('document', page);
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});

it('draws one chart a frame, in the order in which they asked, each once', async () => {
  const { queueDraw } = await import('./drawQueue');
  const drawn: string[] = [];
  const [a, b] = [() => { drawn.push('a'); }, () => { drawn.push('b'); }];
  for (const draw of [a, b, a]) queueDraw(draw);
  nextFrame();
  expect(drawn).toEqual(['a']);
  nextFrame();
  nextFrame();
  expect(drawn).toEqual(['a', 'b']);
});

it('draws nothing while the window is hidden, and each chart once, as it then is, when it shows again', async () => {
  const { queueDraw } = await import('./drawQueue');
  let data = 0;
  const drawn: number[] = [];
  const draw = () => { drawn.push(data); };
  queueDraw(draw);
  page.hidden = true;
  nextFrame(); // asked for before it was hidden
  for (let second = 0; second < 3600; second++) {
    data += 1;
    queueDraw(draw);
    nextFrame();
  }
  expect([drawn, frames]).toEqual([[], []]);
  page.hidden = false;
  shown();
  nextFrame();
  nextFrame();
  expect(drawn).toEqual([3600]);
});
