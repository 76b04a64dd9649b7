/** Of extended runs; see japaneseSentences.ts. */
export const trainingSentences: readonly (readonly [english: string, japanese: string])[] = [
  ['The state that this run goes on from ({a}) is gone.', 'この実行が引き継ぐ状態（{a}）がありません。'],
  ['Extend that run anew.', 'その実行をもう一度延長してください。'],
  ['The run {a} is {b}, not completed.', '実行 {a} は完了していません（{b}）。'],
  ['Resume it; a completed run can be extended.', '再開してください。延長できるのは完了した実行です。'],
  ['The run {a} was trained by other numerics than there are now.', '実行 {a} は、現在と異なる数値計算で学習されています。'],
  ['The optimizer\'s state of the run {a} was not kept, so it cannot be extended as it was.', '実行 {a} の最適化の状態は保存されていないため、そのまま延長することはできません。'],
  ['Train it with "keepOptimizerState": true, or start a new run from its weights.', '"keepOptimizerState": true で学習するか、その重みから新しい実行を始めてください。'],
];
