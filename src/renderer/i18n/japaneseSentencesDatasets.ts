/** Of the data sets' card. */
export const datasetSentences: readonly (readonly [english: string, japanese: string])[] = [
  ['Several data sets are called {a}: give the id, {b}.', '{a} という名前のデータセットが複数あります。id（{b}）で指定してください。'],
  ['The library has no data set {a}.', 'ライブラリにデータセット {a} はありません。'],
  ['There are: {a}.', 'あるのは {a} です。'],
  ['The data set "{a}" has no class {b}.', 'データセット「{a}」にクラス {b} はありません。'],
  ['The data set "{a}" is not of a person\'s own images: its source and terms are known.', 'データセット「{a}」は自分の画像によるものではなく、出所と条件は分かっています。'],
];
