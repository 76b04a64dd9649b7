import { describe, expect, it } from 'vitest';
import { compareRuns } from '../compareRuns';
import type { Comparison } from '../comparison';
import { experiment, given, picked, run } from '../testing/runs';
import { answerSentence, comparisonWords } from './index';

const two = { augmentation: ['none', 'crop-flip'] };
const arms = (none: readonly number[], crop: readonly number[]) => compareRuns(experiment(two, [
  ...none.map((value, i) => run({ levels: { augmentation: 'none' }, seed: i + 1, value })), ...crop.map((value, i) => run({ levels: { augmentation: 'crop-flip' }, seed: i + 1, value })),
]));
const said = (comparison: Comparison) => [answerSentence(comparison, 'en'), answerSentence(comparison, 'ja')];

describe('answers', () => {
  it('better, worse, same', () => {
    expect(said(arms([0.8, 0.804, 0.797], [0.815, 0.8185, 0.8125]))).toEqual([
      'Yes: crop + flip adds 1.50 points (95 % interval 1.38 to 1.62).', 'はい。crop + flip により 1.50 ポイント上がります（95 % 区間 1.38〜1.62）。',
    ]);
    expect(said(arms([0.815, 0.8185, 0.8125], [0.8, 0.804, 0.797]))).toEqual([
      'No: crop + flip costs 1.50 points (95 % interval 1.38 to 1.62).', 'いいえ。crop + flip により 1.50 ポイント下がります（95 % 区間 1.38〜1.62）。',
    ]);
    expect(said(arms([0.8, 0.804, 0.797, 0.801], [0.8012, 0.805, 0.7984, 0.8018]))[0]).toMatch(/^No difference that matters: \+0\.11 \([−+]0\.\d\d to \+0\.\d\d\), inside ±0\.5\.$/);
  });

  it('epochs are many, and a word that holds everywhere says where by how much', () => {
    const runs = two.augmentation.flatMap((augmentation) => [5, 20].flatMap((epochs) => [1, 2, 3].map((seed) => run({ levels: { epochs, augmentation }, seed, value: 0.5 + epochs / 100 + seed / 1000 + ((seed * epochs) % 4) / 5000 }))));
    const [en, ja] = said(compareRuns(experiment({ epochs: [5, 20], ...two }, runs)));
    expect(en).toMatch(/^Yes: 20 epochs add 1\d\.\d\d points \(95 % interval .*\) with “none” and 1\d\.\d\d \(.*\) with “crop \+ flip”\.$/);
    expect(ja).toMatch(/^はい。20エポックにより、拡張なしでは 1\d\.\d\d ポイント上がります/);
  });

  it('undetermined, with what would help; one seed says n = 1', () => {
    const [en, ja] = said(arms([0.8, 0.82, 0.79], [0.83, 0.81, 0.80]));
    expect(en).toMatch(/^Undetermined: too few seeds to tell \(n = 3, \+1\.00 points \(−\d+\.\d\d to \+\d+\.\d\d\)\)\. \d+ seeds more would find a difference of 0\.5 points about 8 times in 10\.$/);
    expect(ja).toMatch(/^まだ分かりません。.*シードを \d+個増やすと、0\.5 ポイントの差をおよそ10回中8回見つけられます。$/);
    expect(said(arms([0.8], [0.9]))[0]).toBe('Undetermined: with one run an arm, +10.00 points cannot be told from the luck of the seed (n = 1).');
  });

  it('depends: where it helps first', () => {
    const value: Record<string, number> = { none5: 0.5, none20: 0.6, 'crop-flip5': 0.47, 'crop-flip20': 0.63 };
    const runs = two.augmentation.flatMap((augmentation) => [5, 20].flatMap((epochs) => [1, 2, 3].map((seed) => run({ levels: { augmentation, epochs }, seed, value: value[`${augmentation}${epochs}`]! + seed / 1000 + ((seed * epochs) % 4) / 5000 }))));
    const [en, ja] = said(compareRuns(experiment({ ...two, epochs: [5, 20] }, runs)));
    expect(en).toMatch(/^Yes, but only at 20 epochs: there crop \+ flip adds 3\.00 points \(95 % interval .*\)\. At 5 epochs it costs 3\.00 \(.*\)\.$/);
    expect(ja).toMatch(/^はい。ただし20エポックのときだけです。/);
  });

  it('confounded, with what numbers alone betray', () => {
    const comparison = compareRuns(picked(given({ augmentation: 'none', epochs: 5 }, 0.7939, 0.9271), given({ augmentation: 'crop-flip-trivialaugment', epochs: 20 }, 0.8334, 0.7337)));
    expect(said(comparison)[0]).toMatch(/^This comparison cannot say what helped: augmentation and epochs changed at once\. The \+3\.95 points /);
    expect(said(comparison)[1]).toMatch(/^この比較では原因を特定できません。データ拡張とエポック数が同時に変わっています。/);
    for (const language of ['en', 'ja'] as const) {
      const words = comparisonWords[language];
      const all = [...comparison.caveats.map((one) => words.caveat(comparison, one)), ...comparison.confounds.map((one) => words.confound(comparison, one)), ...comparison.arms.map((one) => words.fit(one))];
      expect(all.join('\n')).not.toMatch(/undefined|NaN|null|\[object/);
      expect(all.join('\n')).toMatch(/79\.39 %/);
    }
  });

  it('says every contrast, and an interaction that is clear of zero neither better nor worse', () => {
    const contrasts = arms([0.8, 0.804, 0.797], [0.815, 0.8185, 0.8125]).contrasts;
    expect(comparisonWords.en.contrast(contrasts[0]!)).toBe('Crop + flip vs none: +1.50 points (+1.38 to +1.62), p < 0.001 after Holm; better.');
    expect(comparisonWords.en.verdict({ kind: 'interaction', verdict: 'worse', n: 2 })).toBe('clear of zero');
    expect(comparisonWords.en.verdict({ verdict: 'undetermined', n: 1 })).toBe('undetermined: n = 1');
    expect([comparisonWords.en, comparisonWords.ja].map(({ verdict }) => verdict({ verdict: 'undetermined', n: 3, provisional: true }))).toEqual(['provisional', '暫定']);
    expect(comparisonWords.ja.verdict({ verdict: 'undetermined', n: 3 })).toBe('シードが少なすぎて判定できない');
  });
});
