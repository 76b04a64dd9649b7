import { changesNothing, type Draw, type MixDraw, type Window } from '../augmentation';
import type { OperationName } from '../augmentation/names';
import type { Term } from './terms';

/**
 * What a magnitude is counted in. `factor`: 1 changes nothing; `slope`: pixels across for each pixel along; `threshold`: the grey level from which is inverted;
 * `bits` that are left; `lambda`: the weight of the image's own label.
 */
type Unit = 'px' | 'degrees' | 'factor' | 'slope' | 'bits' | 'threshold' | 'lambda';

/** A draw by the field's terms. */
export interface DrawFact {
  readonly term: Term;
  /** With its sign; null: the operation has none. */
  readonly magnitude: number | null;
  readonly unit: Unit | null;
  /** Of a crop: where its window begins, from the image's own corner, in pixels. */
  readonly offset: { readonly x: number; readonly y: number } | null;
  /** What is cut out, erased or taken from the partner, in pixels. */
  readonly window: Window | null;
  /** false: it leaves the image as it is (a flip that was not drawn, a strength of nothing, what its probability left out). */
  readonly changes: boolean;
}

const units: Readonly<Record<OperationName, Unit | null>> = {
  Identity: null, AutoContrast: null, Equalize: null, Invert: null,
  ShearX: 'slope', ShearY: 'slope', TranslateX: 'px', TranslateY: 'px', Rotate: 'degrees',
  Brightness: 'factor', Color: 'factor', Contrast: 'factor', Sharpness: 'factor', Posterize: 'bits', Solarize: 'threshold',
};

const nothing = { magnitude: null, unit: null, offset: null, window: null } as const;

export function drawFact(draw: Draw): DrawFact {
  const changes = !changesNothing(draw);
  switch (draw.kind) {
    case 'crop': return { ...nothing, term: 'crop', offset: { x: draw.left - draw.padding, y: draw.top - draw.padding }, changes };
    case 'flip': return { ...nothing, term: 'flip', changes };
    case 'resizedCrop': return { ...nothing, term: 'resizedCrop', window: draw.window, changes };
    case 'operation': return { ...nothing, ...magnitudeOf(draw.name, draw.magnitude), term: draw.name, changes: changes && !withoutEffect(draw.name, draw.magnitude) };
    case 'adjust': return { ...nothing, term: draw.name, ...(draw.name === 'hue' ? { magnitude: draw.factor * 360, unit: 'degrees' } : { magnitude: draw.factor, unit: 'factor' }), changes };
    case 'erase': return { ...nothing, term: draw.by === 'cutout' ? 'cutout' : 'erase', window: draw.window, changes };
  }
}

export const mixFact = (draw: MixDraw): DrawFact => ({ ...nothing, term: draw.kind, magnitude: draw.weight, unit: 'lambda', window: draw.kind === 'cutmix' ? draw.window : null, changes: draw.weight < 1 });

/** torchvision moves by whole pixels, and hands 1 + magnitude to Pillow's enhancers. */
function magnitudeOf(name: OperationName, magnitude: number): Pick<DrawFact, 'magnitude' | 'unit'> {
  const unit = units[name];
  if (unit === null) return { magnitude: null, unit };
  return { magnitude: unit === 'factor' ? 1 + magnitude : unit === 'px' ? Math.trunc(magnitude) : magnitude, unit };
}

/** Strengths at which an operation gives back what it was given, whatever the image. */
function withoutEffect(name: OperationName, magnitude: number): boolean {
  if (name === 'Posterize') return magnitude === 8;
  if (name === 'Solarize') return magnitude > 255;
  if (name === 'TranslateX' || name === 'TranslateY') return Math.trunc(magnitude) === 0;
  return units[name] !== null && magnitude === 0;
}
