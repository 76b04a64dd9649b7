import { onScopeDispose, watch } from 'vue';
import type { PaintedLine, PlaneView } from './drawLines';
import type { Painted, ToPainter } from './overlayWorker';

/** A picture of the lines between two x, wider than what is shown, so that it can be moved along. */
export interface Picture { readonly view: PlaneView; readonly bitmap: ImageBitmap; readonly width: number; readonly height: number; readonly ratio: number }
type Frame = Omit<Picture, 'bitmap'>;

/** How much of a view's width a picture has beyond it on either side. */
const beyond = 1;

/**
 * Pictures of the lines, painted in a worker. What is there already is shown meanwhile, moved and stretched; one picture is painted at a time, and of
 * what was wanted in between only the last.
 */
export function usePainter(lines: () => readonly PaintedLine[], ready: () => void) {
  const worker = new Worker(new URL('./overlayWorker.ts', import.meta.url), { type: 'module' });
  let id = 0;
  let firstOfLines = 1;
  let under: (Frame & { id: number }) | null = null;
  let next: Frame | null = null;
  let picture: (Picture & { id: number }) | null = null;
  const send = (message: ToPainter) => { worker.postMessage(message); };
  function start(frame: Frame): void {
    under = { ...frame, id: ++id };
    send({ id, view: frame.view, width: frame.width, height: frame.height, ratio: frame.ratio });
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Painted>) => {
    if (under) {
      picture?.bitmap.close();
      picture = { ...under, bitmap: data.bitmap };
    }
    under = null;
    if (next) start(next);
    next = null;
    ready();
  });
  watch(lines, (now) => {
    send({ lines: now });
    firstOfLines = id + 1;
    next = null;
    ready();
  }, { immediate: true });
  onScopeDispose(() => {
    worker.terminate();
    picture?.bitmap.close();
  });

  /**
   * The picture to show for a view, and whether it is the very one: of this scale, and wide enough. Otherwise the right one is on its way.
   * @param full the last x there is
   */
  function pictureFor(view: PlaneView, full: number, width: number, height: number, ratio: number): { readonly picture: Picture | null; readonly exact: boolean } {
    const span = view.to - view.from;
    const [from, to] = [Math.max(0, view.from - beyond * span), Math.min(full, view.to + beyond * span)];
    const wanted: Frame = { view: { ...view, from, to }, width: (width * (to - from)) / span, height, ratio };
    const fits = (one: (Frame & { id: number }) | null, margin: number) => one !== null && one.id >= firstOfLines && one.height === height && one.ratio === ratio && one.view.low === view.low && one.view.high === view.high
      && Math.abs(one.width / (one.view.to - one.view.from) / (width / span) - 1) < 1e-9 && one.view.from <= Math.max(0, view.from - margin * span) + 1e-9 && one.view.to >= Math.min(full, view.to + margin * span) - 1e-9;
    // Half of what is beyond is left when the next one is begun, so that it is there in time.
    if (!fits(picture, beyond / 2)) {
      if (under === null) start(wanted);
      else if (!fits(under, beyond / 2)) next = wanted;
    }
    // On another axis an older picture would say something else.
    const shown = picture?.view.low === view.low && picture.view.high === view.high ? picture : null;
    return { picture: shown, exact: fits(picture, 0) };
  }
  return { pictureFor };
}
