/** Of extended runs; see japaneseSentences.ts. */
export const trainingSentences: readonly (readonly [english: string, japanese: string])[] = [
  ['The state that this run goes on from ({a}) is gone.', 'この実行が引き継ぐ状態（{a}）がありません。'],
  ['Extend that run anew.', 'その実行をもう一度延長してください。'],
  ['The run {a} is {b}, not completed.', '実行 {a} は完了していません（{b}）。'],
  ['Resume it; a completed run can be extended.', '再開してください。延長できるのは完了した実行です。'],
  ['The run {a} was trained by other numerics than there are now.', '実行 {a} は、現在と異なる数値計算で学習されています。'],
  ['The optimizer\'s state of the run {a} was not kept, so it cannot be extended as it was.', '実行 {a} の最適化の状態は保存されていないため、そのまま延長することはできません。'],
  ['Train it with "keepOptimizerState": true, or start a new run from its weights.', '"keepOptimizerState": true で学習するか、その重みから新しい実行を始めてください。'],
  ['is filled in where a run is extended; extend it, or leave this out', '実行を延長するときに自動で入る項目です。延長するか、この項目を省いてください'],
  ['Training on {a} images at once did not fit into memory.', '一度に {a} 枚での学習はメモリに収まりませんでした。'],
  ['Training on {a} images at once did not fit into memory, of which {b} were free.', '一度に {a} 枚での学習はメモリに収まりませんでした（空き {b}）。'],
  ['Take a batch size of {a}, which fits by estimate; "largest-batch" finds the largest by real steps. Or keep the batch size and set microBatches to {b}.', '推定で収まるバッチサイズは {a} です。"largest-batch" を使うと、実際のステップで最大の値がわかります。バッチサイズを変えずに microBatches を {b} にする方法もあります。'],
  ['Not even eight images fit: take a smaller network, or end other programs that use this memory.', '8枚でも収まりません。より小さいネットワークを選ぶか、メモリを使っているほかのプログラムを終了してください。'],
  ['Take float32 on this computer.', 'このコンピューターでは float32 を選んでください。'],
];
