import type { inspector as english } from './en';

export const inspector: typeof english = {
  inspect: '詳しく見る', lookAt: '{name} をインスペクターで見る',
  controls: '描画の条件', needsData: 'データ拡張は実際の画像で示します。ライブラリにはまだ画像がありません。CIFAR-10を取得するか、手元の画像を取り込みます。', ownImages: '手元の画像を取り込む',
  image: '画像', imageIs: '{name}、{index}番', dataset: 'データセット', class: 'クラス', everyClass: '全クラス', original: '元の画像', originalOf: '元の画像、{name}', shownAt: '{scale}倍で表示', shownAtPart: '1/{part} で表示',
  another: '別の画像', goTo: '{name}、画像 {index}', pick: '画像を選ぶ', splits: '分割', split: { train: '訓練 {count}', validation: '検証 {count}' }, locked: 'テスト画像は封印中で、拡張されることはありません。', noneHere: 'この分割にはこのクラスの画像がありません。',
  isValidation: '検証画像なので、学習で拡張されることはありません。拡張した場合の結果を示しています。', asTrained: '学習時と同じ：', leaveRun: 'この実行から離れる',
  seed: 'シード', anotherSeed: '変える', epoch: 'エポック', epochBack: '1エポック前へ', epochOn: '1エポック先へ', firstEpoch: '最初のエポックです。', epochRange: 'エポックは 1 以上の整数です。', batch: 'バッチ', batchRange: 'バッチは 2〜65,536枚です。', draws: '表示数',
  fixes: 'これらと画像で結果は決まります。シード {seed} の実行がエポック {from}〜{to} でこの画像から受け取るものと1バイトも違いません。', epochIs: 'エポック {epoch}',
  policy: '方策', which: '編集する方策', policyIs: '方策 {side}', isEdited: '編集中の方策', ownList: '独自のリスト', compare: '比べる', closeSide: '方策 {side} を閉じる', gridLabel: '{name} を {policy} で拡張した {count}枚',
  rough: '動かしている間は概略です。止まると正確な画素になります。', copyJson: 'JSONでコピー', use: '新しい実行で使う', useSide: '{side} を新しい実行で使う', save: 'PNGで保存',
  add: '操作を追加…', emptyPolicy: '操作はありません。画像はそのまま渡されます。', redo: 'やり直す', nothingToUndo: '元に戻すものはありません。', nothingToRedo: 'やり直すものはありません。',
  switch: '{name} を使う', partsOff: '{count}個オフ', moveUp: '{name} を前へ', moveDown: '{name} を後へ', remove: '{name} を削除', noParameters: 'パラメーターはありません。', parts: '内訳', strongest: '操作と最大の強さ', strongestOf: '{name} の最大の強さ', noStrength: '強さはありません', allOn: 'すべてオン', allOff: 'すべてオフ',
  least: '{name} 下限', most: '{name} 上限', usually: '既定 {value}', wrong: '設定にできない値のため、描画していません。', fillNote: '0〜255 のグレー、または赤, 緑, 青',
  unit: {
    px: '画素', ofImages: '画像のうち（0〜1）', ofBatches: 'バッチのうち（0〜1）', ofArea: '面積のうち（0〜1）', widthByHeight: '幅 ÷ 高さ', heightByWidth: '高さ ÷ 幅', steps: '強さの段階', ofSteps: '段階（0から）', operations: '画像あたり',
    around1: '係数 1 ± この値', turns: '色相環の回転', grey: '反転を始める階調', degrees: '度', shear: '1画素下がるごとの横ずれ', bits: '残すビット', beta: 'Beta(α, α) の α', ofMixed: 'Mixupと併用時のバッチのうち（0〜1）',
  },
  studies: '詳しく見る', study: { strength: '強さ', drawn: '選ばれた操作', average: '平均とばらつき', mix: '混合ラベル', fed: '実行の最初のバッチ' }, ofPolicy: '方策 {side}',
  operation: '操作', direction: '向き', strength: '強さ', stepOf: '強さ {step} / {last}：', eitherWay: '向きは半々', onlyStep: 'この方策は強さ {step} だけを使う', perImage: '画像の {share}', perBatch: 'バッチの {share}', stripLabel: '{name}、弱い順に：{steps}', nothing: '変化なし', nothingDrawn: 'この方策は何も変えません。',
  share: { none: 'なし', every: 'すべて', oneIn: '1/{count}', times: '画像あたり {count}回' },
  counting: '集計中', drawnCaption: 'エポック {from} からの訓練画像 {count}枚の集計。点が回数、線が期待値、帯が公平な抽選の 95 % 範囲です。', expected: '期待値 {count}', becomes: '{before} → {after}', noSwitch: 'この方策の一部だけを外す設定はありません。',
  averageOf: '{count}回', mean: '平均', deviation: '標準偏差', meanLabel: '{name} の拡張結果の平均', deviationLabel: '{name} の拡張結果の標準偏差', deviationMean: '偏差の平均', deviationMost: '最大', whiteAt: '白の値', averageNote: '各画素のエポック間の値（255階調、バッチの混合前）。平均に輪郭が残り偏差が暗いほど、変化の小さい方策です。',
  mixOwn: 'この画像', mixPartner: '相手の画像', mixPartnerIs: '相手、画像 {index}', mixFed: '渡される画像', mixBatch: 'エポック {epoch}、バッチ {batch}', weights: '損失に渡されるラベル', mixNote: '相手は、このシードとエポックの順で {size}枚のバッチの1つ前の画像です。', notThis: '選んだ画像は混合されていないため、エポック {epoch} を示します。', noneMixed: 'この中に混合された画像はありません。',
  run: '実行', openRun: '実行を開く', fedNote: '画像を選ぶと、この実行の方策とシードで表示します。画素は同じです。', noRuns: 'これらの画像で学習した実行はまだありません。',
};
