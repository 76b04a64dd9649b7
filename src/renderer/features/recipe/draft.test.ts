import { describe, expect, it } from 'vitest';
import { getAt } from '../../../core/design/withField';
import { checkDraft, newDraft, problemAt, withOptimizer, withValue } from './draft';

describe('a draft', () => {
  it('starts valid and keeps what was typed until it is', () => {
    const draft = newDraft();
    expect(checkDraft(draft).ok).toBe(true);
    const typed = withValue(draft, 'schedule.learningRate', '0.0x');
    expect(getAt(typed, 'schedule.learningRate')).toBe('0.0x');
    expect(getAt(draft, 'schedule.learningRate')).not.toBe('0.0x');
    const checked = checkDraft(typed);
    expect(!checked.ok && problemAt(checked.problems, 'schedule.learningRate')?.message).toContain('must be a number');
    expect(!checked.ok && problemAt(checked.problems, 'schedule')).toBeTruthy();
    expect(!checked.ok && problemAt(checked.problems, 'epochs')).toBeUndefined();
  });
  it('changes the optimizer with its own fields', () => {
    const draft = withOptimizer(withValue(newDraft(), 'optimizer.weightDecay', 0.01), 'adamw');
    expect(checkDraft(draft).ok).toBe(true);
    expect(draft.optimizer).toMatchObject({ kind: 'adamw', beta1: 0.9, weightDecay: 0.01 });
    expect(draft.optimizer).not.toHaveProperty('momentum');
    const muon = withOptimizer(draft, 'muon');
    expect(checkDraft(muon).ok).toBe(true);
    expect(muon.optimizer).toMatchObject({ kind: 'muon', filterLearningRate: 0.02, momentum: 0.9, weightDecay: 0.01 });
  });
});
