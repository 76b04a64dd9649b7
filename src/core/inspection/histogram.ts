import { operationsOf, type Draw, type MixDraw } from '../augmentation';
import type { Size } from '../augmentation/image';
import type { Augmentation, PolicyOperation } from '../config/augmentation';
import { expectedDraws, type ExpectedDraw } from './expected';
import type { Term } from './terms';

/** How often something was drawn beside how often it should be. Plain data. */
export interface DrawnShare {
  /** As the switch's and the strip's. */
  readonly id: string;
  readonly term: Term;
  /** What was drawn for: `trials` images, or batches (Mixup, CutMix). */
  readonly of: 'images' | 'batches';
  readonly trials: number;
  readonly found: number;
  readonly expected: number;
  /** Where 95 % of fair draws lie: the expected count ± 1.96 standard deviations. */
  readonly low: number;
  readonly high: number;
  /** Found by strength, the weakest first; null where there is no list of strengths. Each is expected `expected / strengths.length` times. */
  readonly strengths: readonly number[] | null;
}

/** Counts what a policy draws. Add as many as there are; `rows` says how it stands. */
export class DrawCounts {
  private readonly operations: readonly PolicyOperation[];
  private readonly expected: readonly ExpectedDraw[];
  private readonly rowOf: ReadonlyMap<string, number>;
  private readonly found: Float64Array;
  private readonly strengths: readonly (number[] | null)[];
  /** Draws that each operation of the list makes for an image. */
  private readonly drawsEach: readonly number[];
  private images = 0;
  private batches = 0;

  constructor(augmentation: Augmentation, size: Size) {
    this.operations = operationsOf(augmentation);
    this.expected = expectedDraws(this.operations, size);
    this.rowOf = new Map(this.expected.map(({ id }, i) => [id, i]));
    this.found = new Float64Array(this.expected.length);
    this.strengths = this.expected.map(({ strengths }) => (strengths > 0 ? Array.from({ length: strengths }, () => 0) : null));
    this.drawsEach = this.operations.map(drawsOf);
  }

  /** @param draws of one image, as `Policy.draw` gives them */
  add(draws: readonly Draw[]): void {
    this.images++;
    let at = 0;
    this.drawsEach.forEach((count, place) => {
      for (let i = 0; i < count; i++) this.addOne(draws[at++]!, place);
    });
  }

  /** @param mix of one batch, as `Policy.mix` gives it */
  addBatch(mix: MixDraw | null): void {
    this.batches++;
    if (mix) this.count(this.operations.findIndex(({ kind }) => kind === mix.kind).toString(), null);
  }

  private addOne(draw: Draw, place: number): void {
    switch (draw.kind) {
      case 'crop': if (draw.left !== draw.padding || draw.top !== draw.padding) this.count(String(place), null); break;
      case 'flip': if (draw.flipped) this.count(String(place), null); break;
      case 'erase': if (draw.window) this.count(String(place), null); break;
      case 'resizedCrop': this.count(String(place), null); break;
      case 'adjust': this.count(`${place}:${draw.name}`, null); break;
      case 'operation': if (draw.by !== 'autoAugment' || draw.applied) this.count(`${place}:${draw.name}`, draw.bin); break;
    }
  }

  private count(id: string, bin: number | null): void {
    const row = this.rowOf.get(id)!;
    this.found[row]!++;
    const strengths = this.strengths[row];
    if (strengths && bin !== null) strengths[bin]!++;
  }

  rows(): DrawnShare[] {
    return this.expected.map(({ id, term, of, mean, variance }, i) => {
      const trials = of === 'images' ? this.images : this.batches;
      const [expected, reach] = [trials * mean, 1.96 * Math.sqrt(trials * variance)];
      const strengths = this.strengths[i];
      return { id, term, of, trials, found: this.found[i]!, expected, low: expected - reach, high: expected + reach, strengths: strengths ? [...strengths] : null };
    });
  }
}

function drawsOf(operation: PolicyOperation): number {
  switch (operation.kind) {
    case 'randAugment': return operation.operations;
    case 'autoAugment': return 2;
    case 'colorJitter': return [operation.brightness, operation.contrast, operation.saturation, operation.hue].filter((by) => by > 0).length;
    case 'mixup':
    case 'cutmix': return 0;
    default: return 1;
  }
}
