/** Of experiments: the bin, extensions, deletion; see japaneseSentences.ts. */
export const experimentSentences: readonly (readonly [english: string, japanese: string])[] = [
  ['There is no experiment "{a}" in {b}.', '{b}に実験「{a}」はありません。'],
  ['the bin', 'ゴミ箱'],
  ['The library has an experiment "{a}" already.', 'library には実験「{a}」がすでにあります。'],
  ['The experiment "{a}" cannot be deleted while one of its runs trains.', '実験「{a}」は、その実行の一つが学習中のため削除できません。'],
  ['Cut it short first.', '先に打ち切ってください。'],
  ['An extension changes nothing that is there, and the run of "{a}" with seed {b} would have no place in this one.', '拡張は既にあるものを変えません。しかしこの変更では「{a}」のシード {b} の実行の居場所がなくなります。'],
  ['A halving is extended by seeds or budget alone: its promotions were decided among the trials that it has.', '逐次半減はシードか予算だけで拡張できます。次の段への選抜は、既にある試行の中で決められたからです。'],
  ['Start a new experiment instead: runs that are equal are counted there too.', '代わりに新しい実験を始めてください。同じ条件の実行はそこでも数えられます。'],
  ['The plan of the experiment "{a}" cannot be read.', '実験「{a}」の計画が読めません。'],
  ['The data set "{a}" has no image {b}.', 'データセット「{a}」に画像 {b} はありません。'],
];
