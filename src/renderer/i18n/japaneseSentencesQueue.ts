/** Of the queue, predictions and the test set; see japaneseSentences.ts. */
export const queueSentences: readonly (readonly [english: string, japanese: string])[] = [
  ['Only {a} MB are free where the library lies ({b}): too little for a run\'s checkpoints.', 'library のある場所（{b}）の空きが {a} MB しかなく、実行のチェックポイントには足りません。'],
  ['Free space on that disk, then continue the queue. What was written before is kept.', 'そのディスクの空きを増やしてから、順番待ちを再開してください。それまでに書かれたものは残っています。'],
  ['The predictions {a} of the run "{b}" are damaged: {c}.', '実行「{b}」の予測 {a} が破損しています：{c}。'],
  ['the header cannot be read', 'ヘッダーが読めません'],
  ['the numbers have changed', '数値が変わっています'],
  ['Compute them again from its last checkpoint.', '最後のチェックポイントから計算し直してください。'],
  ['A run trains on the GPU, which leaves no memory on it for an evaluation.', 'GPU で実行が学習中のため、評価に使えるメモリが GPU に残っていません。'],
  ['Wait until it has ended, or stop it at a checkpoint; then try again.', 'その実行が終わるのを待つか、チェックポイントで止めてから、もう一度試してください。'],
  ['The experiment "{a}" has no arm "{b}".', '実験「{a}」に群「{b}」はありません。'],
  ['The test set is opened once an experiment is finished: {a} of the {b} runs of "{c}" have not ended.', 'テストセットを開けるのは実験が終わってからです。「{c}」の実行 {b}件のうち {a}件がまだ終わっていません。'],
  ['Let them end, or cut the experiment short first.', '終わるまで待つか、先に実験を打ち切ってください。'],
  ['The arm "{a}" of "{b}" has no completed run to measure.', '「{b}」の群「{a}」には、測れる完了した実行がありません。'],
  ['The runs of the arm "{a}" were trained on different revisions of the data.', '群「{a}」の実行は、異なるリビジョンのデータで学習されています。'],
  ['Measure each run by itself.', '実行ごとに測ってください。'],
];
