import { expect, it } from 'vitest';
import { planHistory } from './planHistory';

const first = { name: 'a', factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }], seeds: [1, 2] };
const at = (day: number) => `2026-11-0${day}T00:00:00.000Z`;

it('tells what was asked first and what each later plan added', () => {
  const epochs = { field: 'epochs', levels: [5, 20] };
  expect(planHistory([
    { at: at(1), given: first },
    { at: at(2), given: { ...first, seeds: [1, 2, 3] } },
    { at: at(3), given: { ...first, seeds: [1, 2, 3], factors: [{ field: 'augmentation', levels: ['none', 'crop-flip', 'crop-flip-trivialaugment'] }, epochs] } },
    { at: at(4), given: { ...first, seeds: [1, 2, 3], factors: [{ field: 'augmentation', levels: ['none', 'crop-flip', 'crop-flip-trivialaugment'] }, epochs], budget: { maxRuns: 9 } } },
  ])).toEqual([
    { at: at(1), runs: 4, added: [{ kind: 'factor', field: 'augmentation', levels: ['none', 'crop-flip'] }, { kind: 'seeds', seeds: [1, 2] }] },
    { at: at(2), runs: 6, added: [{ kind: 'seeds', seeds: [3] }] },
    { at: at(3), runs: 18, added: [{ kind: 'levels', field: 'augmentation', levels: ['crop-flip-trivialaugment'] }, { kind: 'factor', field: 'epochs', levels: [5, 20] }] },
    { at: at(4), runs: 18, added: [{ kind: 'budget', maxRuns: 9, maxMinutes: null }] },
  ]);
});

it('a plan asked for again adds nothing; one that cannot be read hides no other', () => {
  const search = { ...first, design: 'random', search: { space: [{ field: 'schedule.learningRate', kind: 'log-uniform', low: 0.01, high: 0.1 }], trials: 4 } };
  const steps = planHistory([{ at: at(1), given: search }, { at: at(2), given: { future: true } }, { at: at(3), given: search }, { at: at(4), given: { ...search, search: { ...search.search, trials: 6 } } }]);
  expect(steps.map(({ runs }) => runs)).toEqual([16, null, 16, 24]);
  expect(steps.slice(1).map(({ added }) => added)).toEqual([[], [], [{ kind: 'trials', from: 4, to: 6 }]]);
});
