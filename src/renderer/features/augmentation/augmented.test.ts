import { expect, it } from 'vitest';
import { augmentedEpochs, drawText } from './augmented';

const image = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 7) % 256);
const t = (key: string, values?: Record<string, unknown>) => `${key}${values ? JSON.stringify(values) : ''}`;

it('draws what a run of this seed would feed: the same again, another for another epoch', () => {
  const [plain] = augmentedEpochs(image, 32, 'none', 1, 1, 5);
  expect(plain!.pixels).toEqual(image);
  const first = augmentedEpochs(image, 32, 'crop-flip-trivialaugment', 1, 8, 5);
  expect(augmentedEpochs(image, 32, 'crop-flip-trivialaugment', 1, 8, 5)).toEqual(first);
  expect(new Set(first.map(({ pixels }) => pixels.join())).size).toBeGreaterThan(6);
});

it('says what was drawn', () => {
  expect(drawText([{ kind: 'crop', left: 4, top: 4, padding: 4, fill: 'zero' }, { kind: 'flip', flipped: false }], t)).toBe('');
  expect(drawText([{ kind: 'crop', left: 6, top: 4, padding: 4, fill: 'zero' }, { kind: 'flip', flipped: true }, { kind: 'operation', by: 'trivialAugmentWide', name: 'Rotate', magnitude: -18.5, bin: 4, bins: 31 }], t))
    .toBe('augmentation.shift{"x":−2,"y":0}, augmentation.flip, Rotate −18.5');
});
