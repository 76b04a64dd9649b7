import { describe, expect, it } from 'vitest';
import { trivialAugmentNames } from '../augmentation/names';
import { policies } from '../config/augmentation';
import type { Level } from '../judgement/comparison';
import { armName, levelName, valueText } from './names';

describe('names of levels', () => {
  it('call an optimizer by its kind and by what departs from its defaults', () => {
    expect(valueText('optimizer', { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0.0005 }, 'en')).toBe('SGD');
    expect(levelName('optimizer', { kind: 'adamw', weightDecay: 0.0005 }, 'en')).toBe('AdamW, weight decay 0.0005');
    expect(valueText('optimizer', { kind: 'lion' }, 'en')).toBe('{"kind":"lion"}');
  });
  it('call a policy by its operations in order, each by what departs from its defaults', () => {
    const list: Level = [{ kind: 'randomCrop', padding: 2, fill: 'reflect' }, { kind: 'flip', probability: 0.5 }, { kind: 'mixup', alpha: 0.2, probability: 1 }];
    expect(levelName('augmentation', list, 'en')).toBe('crop (padding 2, border reflected) + flip + Mixup (alpha 0.2)');
    expect(levelName('augmentation', list, 'ja')).toBe('crop（余白 2、縁 反射） + flip + Mixup（α 0.2）');
    expect(levelName('augmentation', [{ kind: 'randomErasing', probability: 0.5, scale: [0.02, 0.4], ratio: [0.3, 3.3], value: [125, 123, 114] }], 'en')).toBe('random erasing (area 0.02–0.4, value 125/123/114)');
    const names = trivialAugmentNames.filter((name) => name !== 'Rotate' && name !== 'Color');
    expect(['en', 'ja'].map((locale) => valueText('augmentation', [{ kind: 'trivialAugmentWide', operations: names }], locale as 'en' | 'ja'))).toEqual(['TrivialAugment (without Rotate Color)', 'TrivialAugment（Rotate・Color なし）']);
    expect(valueText('augmentation', [{ kind: 'trivialAugmentWide', operations: ['Rotate', 'Color'] }], 'en')).toBe('TrivialAugment (operations Rotate Color)');
    expect(valueText('augmentation', [], 'en')).toBe('none');
    expect(valueText('augmentation', [{ kind: 'unheard of' }], 'en')).toBe('[{"kind":"unheard of"}]');
    for (const preset of policies.slice(1)) for (const locale of ['en', 'ja'] as const) expect(levelName('augmentation', preset, locale)).not.toBe(preset);
  });
  it('stand alone in an arm', () => {
    expect(armName({ augmentation: 'crop-flip', epochs: 20, 'schedule.learningRate': 0.05 }, 'en')).toBe('crop + flip, 20 epochs, learning rate 0.05');
    expect(armName({ augmentation: 'none', epochs: 5 }, 'ja')).toBe('拡張なし、5エポック');
  });
});
