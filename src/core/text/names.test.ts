import { describe, expect, it } from 'vitest';
import { armName, levelName, valueText } from './names';

describe('names of levels', () => {
  it('call an optimizer by its kind and by what departs from its defaults', () => {
    expect(valueText('optimizer', { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 0.0005 }, 'en')).toBe('SGD');
    expect(levelName('optimizer', { kind: 'adamw', weightDecay: 0.0005 }, 'en')).toBe('AdamW, weight decay 0.0005');
    expect(valueText('optimizer', { kind: 'lion' }, 'en')).toBe('{"kind":"lion"}');
  });
  it('stand alone in an arm', () => {
    expect(armName({ augmentation: 'crop-flip', epochs: 20, 'schedule.learningRate': 0.05 }, 'en')).toBe('crop + flip, 20 epochs, learning rate 0.05');
    expect(armName({ augmentation: 'none', epochs: 5 }, 'ja')).toBe('拡張なし、5エポック');
  });
});
