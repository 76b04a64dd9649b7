import { expect, it } from 'vitest';
import type { Draw } from '../../../core/augmentation';
import { stripSubjects } from '../../../core/inspection';
import { placeOnStrip, shownSteps } from './strength';

it('shows the chosen step among even ones', () => {
  expect(shownSteps(31, 4, 30)).toEqual([0, 10, 20, 30]);
  expect(shownSteps(31, 4, 17)).toEqual([0, 10, 17, 30]);
  expect(shownSteps(31, 4, 1)).toEqual([1, 10, 20, 30]);
  expect(shownSteps(2, 4, 1)).toEqual([0, 1]);
});

it('finds a draw on its strip, with its direction', () => {
  const subjects = stripSubjects('crop-flip-trivialaugment', { width: 32, height: 32 });
  const rotated: Draw = { kind: 'operation', by: 'trivialAugmentWide', name: 'Rotate', magnitude: -58.5, bin: 13, bins: 31 };
  expect(placeOnStrip([{ kind: 'flip', flipped: true }, rotated], subjects)).toEqual({ id: '2:Rotate', step: 13, direction: -1 });
  const subject = subjects.find(({ id }) => id === '2:Rotate')!;
  expect(subject.of === 'image' && subject.at(13, -1)).toMatchObject(rotated);
  expect(placeOnStrip([{ ...rotated, name: 'Equalize', bin: null }], subjects)).toBeNull();
  expect(placeOnStrip([], subjects)).toBeNull();
});
