import { expect, it } from 'vitest';
import { isUnderLabel, markLabels } from './markLabels';

const at = (x: number, label: string) => ({ x, label });

it('labels stand where there is room, whatever the order they came in', () => {
  expect(markLabels([at(50, 'paused'), at(10, 'lower rate'), at(11, 'too near'), at(200, 'out of view')], [0, 100], 500)).toEqual(['paused', 'lower rate', '', '']);
  expect(markLabels([at(10, 'lower rate'), at(11, 'too near')], [9, 12], 500)).toEqual(['lower rate', 'too near']);
});

it('long ones are cut between characters, and lines of their own become one', () => {
  const [text] = markLabels([at(0, 'a note\nthat goes on and on and on')], [0, 1], 500);
  expect(text).toBe('a note that goes on and…');
  const [emoji] = markLabels([at(0, '😀'.repeat(30))], [0, 1], 500);
  expect(emoji).toBe(`${'😀'.repeat(23)}…`);
});

it('Japanese takes its width', () => {
  expect(markLabels([at(0, '学習率を下げた'), at(12, 'b')], [0, 100], 500)).toEqual(['学習率を下げた', '']);
  expect(markLabels([at(0, 'lower it'), at(14, 'b')], [0, 100], 500)).toEqual(['lower it', 'b']);
});

it('words beside a line’s end give way to a label that reaches there', () => {
  const paused = [at(10, 'paused 22 s')];
  expect(isUnderLabel(56, paused, [0, 1000], 500)).toBe(true);
  expect(isUnderLabel(90, paused, [0, 1000], 500)).toBe(false);
  expect(isUnderLabel(56, [at(10, '')], [0, 1000], 500)).toBe(false);
});
