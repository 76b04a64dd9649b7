import type { datasetCard as english } from './en';

export const datasetCard: typeof english = {
  summary: '{width} × {height} 画素の画像 {images}枚、{classes}クラス、{bytes}。', excluded: 'うち {count}枚は何にも使いません。', reading: '画像を読んでいます…', search: 'データセットを検索', noneNamed: '名前に一致するデータセットはありません。', about: '出所と条件', import: '取り込み',
  splits: '分割', split: '分割', how: '決め方', pool: { train: '訓練', test: 'テスト' }, poolNote: '元のまま。検証画像はここから取り分けます', validation: '検証', testDrawn: '取り込み時に各クラスの {percent} %、シード {seed}', testGiven: '画像と共に用意されたもの',
  aClass: '各クラス {count}枚', aClassRange: '各クラス {least}〜{most}枚', splitSeed: 'シード {seed}', withoutList: 'リスト「{name}」を除く', ofNewRuns: '新しい実行の既定', ofRuns: '{count}件の実行で使用 | {count}件の実行で使用', hashNote: 'ハッシュは、訓練とテストが画素とラベル、検証が画像の番号についてのものです。',
  sealed: 'テストセットは封をしてあります。', neverOpened: '一度も開かれていません。', openedTimes: 'これまでに {count}回開かれました。 | これまでに {count}回開かれました。', ledger: '開封の記録', ledgerNote: 'このリビジョンのテストセット。開く前に必ず記録します', noTest: 'テストセットはありません。', opened: '開封', measured: '測ったもの',
  class: 'クラス', trainColumn: '訓練', testColumn: 'テスト', balance: { equal: '均等です。各クラスの訓練画像は {few}枚です。', fair: '訓練画像が最も多いのは {most}（{many}枚）、最も少ないのは {least}（{few}枚）で、{ratio}倍です。', uneven: '偏りがあります。訓練画像は {most} が {many}枚、{least} が {few}枚で、{ratio}倍です。均衡精度を見るか、クラスに重みを付けてください。', empty: '{least} には訓練画像がありません。' },
  channelsOver: '訓練画像 {count}枚すべて、値は 0〜1', histogram: '0〜255 の値ごとの画素の割合。チャンネルごとに一本の線', samples: '画像の例', samplesNote: '訓練画像、{scale}倍', otherImages: 'ほかの画像', rowFailed: '読めません', rowEmpty: '訓練画像がありません', largeNote: 'データセットの画像 {index}、{side} × {side} 画素、{scale}倍に拡大',
  allClasses: 'すべてのクラス', trainingImages: '訓練画像 {count}枚', testHidden: 'テスト画像は示しません。見ることも開封になるからです。',
  sizesBefore: '取り込み前の大きさ', oneSizeBefore: 'すべて {size} 画素', sizesBeforeText: '{least}〜{most} 画素、中央値 {median}、{distinct}種類', resized: '大きさの変更', noneResized: 'なし。元の大きさのまま', resizedText: '{count}枚（{fit}）', formats: 'ファイル', rawFormat: '配列', showReport: 'すべての一覧をファイルで見る',
  note: 'メモ', noteKept: 'データセットの脇に残します。内容とリビジョンは変わりません。', saveNote: '保存', editNote: '編集',
  newest: '最新', older: '古いリビジョンです。新しい実行は最新のリビジョンを使います。', showNewest: '最新を表示', sourcePlace: '{file} の画像 {place}', sourceSize: '元の大きさ {width} × {height} 画素', sourceUnreadable: '元のファイルの記録を読めません。',
  revisions: 'リビジョン', revisionsNote: '後の取り込みで、実行が見たものが変わることはありません', made: '作成', takes: '容量', usedBy: '使用', current: '現在のリビジョン', runs: '{count}件の実行 | {count}件の実行', unused: '実行なし', removeRevision: 'リビジョン {revision} を削除', removeRevisionText: '画像 {images}枚（{bytes}）がライブラリから完全になくなります。使っている実行はありません。', currentStays: '新しい実行はこのリビジョンを使います。データセット全体と共にのみ削除できます。', usedStays: '実行が使っています。先に実行を削除してください。',
};
