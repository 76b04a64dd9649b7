import { expect, it } from 'vitest';
import { policies } from '../../../core/config/augmentation';
import { Inspector, TrainingOrder } from '../../../core/inspection';
import { oneIn } from './oneIn';
import { fillOf, fillText } from './policy/fill';
import { linesOf, tileWords } from './tileWords';

const size = { width: 8, height: 8 };
const train = Uint32Array.from({ length: 40 }, (_, i) => i);
const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 2);
const image = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => (i * 5) % 256);

it('never takes more lines than its policy keeps free, for any preset', () => {
  for (const policy of policies) {
    const inspector = new Inspector(policy, size, 1, new TrainingOrder(train, 8, 1));
    for (let epoch = 1; epoch <= 40; epoch++) {
      const { lines, name } = tileWords(inspector.draw(epoch, 3, () => image, new Uint8Array(image.length)), 'en', labels, ['cat', 'dog'], `epoch ${epoch}`);
      expect(lines.length, policy).toBeLessThanOrEqual(linesOf(policy));
      expect(name.startsWith(`epoch ${epoch}`)).toBe(true);
    }
  }
});

it('tells operation, strength and label weights, the rest below', () => {
  const draws = [{ kind: 'crop', left: 6, top: 4, padding: 4, fill: 'zero' }, { kind: 'flip', flipped: true }, { kind: 'operation', by: 'trivialAugmentWide', name: 'Rotate', magnitude: -58.5, bin: 13, bins: 31 }] as const;
  const mix = { draw: { kind: 'mixup', weight: 0.75 }, batch: 0, partner: 4, partnerDraws: [] } as const;
  expect(tileWords({ epoch: 2, index: 3, draws, mix: null }, 'en', labels, ['cat', 'dog'], 'epoch 2')).toEqual({ lines: [{ strong: 'Rotate', text: '−58.5°' }, { strong: '', text: 'crop +2, 0, flip' }], name: expect.stringContaining('Rotate −58.5°') });
  expect(tileWords({ epoch: 2, index: 3, draws, mix }, 'ja', labels, ['cat', 'dog'], '').lines).toEqual([
    { strong: 'Rotate', text: '−58.5°' }, { strong: 'Mixup', text: 'λ 0.75' }, { strong: '', text: 'dog 0.75, cat 0.25' }, { strong: '', text: 'crop +2, 0, flip' },
  ]);
});

it('says a share as a person would', () => {
  const t = (key: string, values?: Record<string, unknown>) => [key.split('.').at(-1), ...Object.values(values ?? {})].join(' ');
  expect([0, 1, 1 / 14, 0.247, 2].map((share) => oneIn(share, t))).toEqual(['none', 'every', 'oneIn 14', '24.7 %', 'times 2.00']);
});

it('reads a fill as it writes it', () => {
  for (const value of [0, 255, [125, 123, 114]]) expect(fillOf(fillText(value))).toEqual(value);
  expect(fillOf('１２、３ ４')).toEqual([12, 3, 4]);
  expect(fillOf('grey')).toBe('grey');
});
