import type { results as english } from './en';

export const results: typeof english = {
  tab: { answer: '答え', curves: '曲線', images: '画像', runs: '実行', setup: '設定', report: 'レポート' },
  comparison: '比較', noneChosen: '実行が選ばれていません。ライブラリで 2つ以上選ぶと比較できます。', toLibrary: 'ライブラリへ', addRuns: '実行を追加', exportReport: 'レポートを書き出す', caveats: '知っておくこと', noFigure: 'まだ描けるものがありません。', open: '結果',
  points: '{value} ポイント', range: '{low}〜{high}', seed: 'シード', seedOf: 'シード {seed}', unknown: '不明', and: 'と', inBrackets: '（{text}）', semicolon: '。', colon: '：',
  verdict: { better: '良い', worse: '悪い', same: '差なし', undetermined: '未確定' },
  chips: {
    one: '各条件 n = 1、区間は求められません', paired: '各条件 {n}シード（対応あり）', seeds: '各条件 {n}シード', uneven: '各条件 {least}〜{most}シード', unpaired: '対応なしで比較', runs: '実行なし | 実行 1回 | 実行 {count}回',
    runsOn: '実行なし、検証画像 {images}枚 | 実行 1回、検証画像 {images}枚 | 実行 {count}回、検証画像 {images}枚', failed: '完了しなかった実行 1回 | 完了しなかった実行 {count}回', closed: 'テストセットは未開封', opened: 'テストセット開封 1回 | テストセット開封 {count}回',
  },
  arms: {
    title: '条件', arm: '条件', validation: '検証 %', interval: '95 %', best: '最良 %', train: '訓練 %', gap: 'ギャップ', one: 'n = 1', caption: '{n}シードの平均と 95 % 区間。細い線は各シード', captionOne: '各条件実行 1回。白い点は区間なし', captionMixed: 'シードの平均と 95 % 区間。細い線は各シード',
    reads: '{arm}、{value}：確かさと出どころ',
  },
  effects: {
    title: '効果', paired: '検証精度のポイント差、シードで対応付け', partlyPaired: '検証精度のポイント差、一部は対応なし', unpaired: '検証精度のポイント差、対応なし', caption: '線：全行で補正（Holm）。灰色：±{margin}、問題にしない差',
    none: '要因 1つだけが異なる条件の組はありません。', all: '{count}個の差をすべて表示', fewer: '減らす', change: '変更', at: 'ほかの要因', difference: '差', interval: '95 % 区間（Holm）', verdict: '判定', reads: '{what}：{value}、95 % 区間 {range}。確かさと出どころ',
  },
  interaction: { title: '一方が他方に依存するか' },
  fit: { title: '曲線から分かること', caption: 'ギャップ：拡張なしの訓練画像と検証画像の精度の差（ポイント）' },
  time: { title: '同じ時間での精度', caption: '検証 %、シードの平均、その時間だけ学習した時点', front: '最前線', onFront: 'より速く、より良いものはない' },
  imagewise: { caption: '同じシードの二つのネットワークを同じ画像で比較。別のシードについては何も示しません' },
  running: { progress: '実行 {planned}回中 {done}回' },
  confounded: {
    title: 'この比較では原因を特定できません。変更と同時に環境も変わっています。 | この比較では原因を特定できません。変更と同時に環境も変わっています。 | この比較では原因を特定できません。{count}点が同時に変わっています。',
    why: '条件間で{fields}が異なります。{difference} ポイントの差はそのどれかによるものかもしれず、互いに逆に働いた結果かもしれません。', whyNoNumber: '条件間で{fields}が異なります。差があっても、そのどれによるものか分かりません。',
    answerIt: '答えるために必要なもの', answerItNote: '{rows} × {columns}、足りない条件はありません | {rows} × {columns}、足りない条件は破線 | {rows} × {columns}、足りない {count}条件は破線', missing: '未実行', plus: '追加なし | ＋実行 1回 | ＋実行 {count}回', have: '実行なし | 実行 1回 | 実行 {n}回',
    howToRead: '列の中では{down}だけが、行の中では{across}だけが変わります。', oneByOne: '各条件は最初の条件と一点だけが異なります。', seeds: 'シード {seeds}個で、それぞれの差に区間が付きます。', add: '足りない実行を追加 | 足りない実行 1回を追加 | 足りない実行 {count}回を追加',
    givenNotCounted: '与えられた値には画像もシードもないため、すべての条件をここで学習します。', existingCount: 'すでにある実行は数に入ります。',
  },
  measured: { title: '測定値', oneRun: '各条件実行 1回', overImages: '画像に対する 95 % 区間', on: '訓練精度を測った画像', plain: '拡張なしの画像', augmented: '拡張した画像', difference: '差', notComparable: '比較できません', imagesNote: '画像に対する区間は、このネットワークがどれだけ分かっているかを示します。別のシードの結果は示しません。' },
  differs: { title: '異なる点', caption: '原因 {count}点と、それに伴うもの', none: '記録された違いはありません。', field: '項目', values: '値', role: '意味', ignored: '結果を変えない項目がほかに 1個 | 結果を変えない項目がほかに {count}個', fewer: '減らす' },
  role: { cause: '変更', environment: '環境', follows: '従属', ignored: '結果は変わりません', followsFrom: '{field}に伴う' },
  luck: {
    title: '偶然だけでどこまで差が出るか', caption: '同じ条件の 2回の実行の差', captionMean: '同じ条件の実行 {seeds}組の差の平均', observed: '観測値 {value}', within: '100組中 95組は ±{reach} 以内', withinMean: 'こうした平均の 100回中 95回は ±{reach} 以内', earlier: 'このデータでの以前の実験では、シードだけによる差の標準偏差は {deviation} ポイントです。 | このデータでの以前の実験 1件では、シードだけによる差の標準偏差は {deviation} ポイントです。 | このデータでの以前の実験 {count}件では、シードだけによる差の標準偏差は {deviation} ポイントです。',
    own: 'これらの条件のシードによる差の標準偏差は {deviation} ポイントです。', chance: '本当は効果がなくても、{value} ポイント以上の差（どちら向きでも）が 100組中およそ {count}組で現れます。', chanceMean: '本当は効果がなくても、{seeds}シードの平均で {value} ポイント以上の差（どちら向きでも）が、100回の実験のうちおよそ {count}回で現れます。', unknown: 'このデータで複数のシードを学習した実験がまだないため、偶然がどこまで届くか分かりません。',
  },
  seeds: {
    title: 'シードを増やすと分かること', caption: '10回中 8回見つかる最小の差', perArm: '各条件のシード', newRuns: '新しい実行', time: '時間', finds: '分かる差（ポイント）', choose: '各条件 {seeds}シード', line: '線：問題にするとした最小の差、{margin} ポイント。',
    add: 'シードを追加 | シードを 1個追加 | シードを {count}個追加', addMore: 'シードを追加', cost: '実行 {runs}回、{time}、{disk} | 実行 1回、{time}、{disk} | 実行 {runs}回、{time}、{disk}', behind: '待機中なし | 待機中の実行 1回の後 | 待機中の実行 {count}回の後',
  },
  untilThen: { title: 'それまでは', text: 'レポートには次の文が載ります：「{sentence}」' },
  why: {
    title: '確かさと出どころ', sure: 'どれだけ確かか', from: 'どこから来た値か', minus: '{arm} − {reference}。', minusAt: '{arm} − {reference}（どちらも {at}）。', interaction: '{against} に対する {level} の効果が、{otherAgainst} のときより {other} のときにどれだけ大きいか。', difference: '差', accuracy: '精度',
    noInterval: 'n = {n}：区間は求められず、何も判断できません。', interval: '{value}、95 % t 区間 {range}（自由度 {df}、標準偏差は全条件で共通に推定）。', adjusted: '実験のすべての対比で補正（Holm）：{range}、{p}。', agree: '{count}シードすべてで向きが一致しています。',
    unpaired: 'シードの対応はありません。', unpairedBecause: 'シードの対応はありません：{reason}。', needed: '各条件 {count}シードで、{margin} ポイントの差が 10回中 8回見つかります。',
    armInterval: '{n}シードの t 区間 {range}、標準偏差 {deviation} ポイント。', overImages: '画像だけに対する区間（Wilson）：{range}。別のシードについては何も示しません。', best: '参考（判定には使いません）：最良 {accuracy}（エポック {epochs}）。',
    given: 'よそで報告された値で、このライブラリの実行ではありません。', weights: '各実行の最終エポック、重みはそのまま。', images: '検証画像 {images}枚、各実行の最終エポック、重みはそのまま。', runs: '実行なし。 | 実行 1回。 | 実行 {count}回。', data: 'データ：{name}、リビジョン {revision}。', copy: '出どころと共にコピー', show: '実行を表示 | 実行を表示 | {count}回の実行を表示',
  },
  take: { table: 'この表を取り出す', chart: 'このグラフを取り出す', copyAs: '{format} でコピー', saveAs: '{format} で保存…', done: '完了', saved: '{path}（{bytes}）', asTable: '表で表示（T）', asChart: 'グラフで表示（T）' },
  runs: { title: '実行', caption: '実行なし | 実行 1回 | 実行 {count}回。数えないものも含みます', run: '実行', time: '時間', counts: '数える', yes: 'はい', given: '報告値', missing: '未実行', notCounted: '数えません' },
  setup: {
    file: '実験ファイル', configs: '設定', same: 'すべての実行で共通', plan: '計画', seeds: 'シード', margin: '問題になる差（ポイント）', planned: '実行なし | 実行 1回 | 実行 {count}回', data: 'データカード', dataset: 'データセット', environment: '環境', environmentNote: 'このコンピューターの現在の状態です。各実行の環境は、異なる点の表と各実行のページにあります。', neverOpened: 'この実験は、このデータのテストセットを開封していません。',
    plans: {
      title: '計画の履歴', caption: '実行の前に保存されたもの', first: '最初の計画', added: '追加', again: '再開', cutShort: '打ち切り', cutShortNote: '以後は何も始めません。終わった実行は数えます', unreadable: 'この版では読めない計画です',
      inAll: '実行なし | 全部で実行 1回 | 全部で実行 {count}回', seeds: 'シード {seeds}', trials: '試行 {from} → {to}', budget: '上限：{limits}', unlimited: 'なし',
    },
  },
  images: {
    run: '実行', summary: '正解、間違いなし | 正解、間違い 1枚 | 正解、間違い {mistakes}枚', interval: '95 % 区間 {range}（画像に対する Wilson 区間、このネットワーク一つについて）', noRun: '1エポックを終えた実行がまだありません。', missing: 'この実行の予測は保存されていません。最後のチェックポイントから、検証画像について計算します。', compute: '予測を計算', computing: '最後のチェックポイントから予測を計算しています',
    confusions: '混同行列', confusionsNote: '枚数。セルを選ぶと画像を表示、矢印キーで移動', matrixPart: '{all}クラスのうち、間違いの最も多い {shown}クラスです。', matrixAll: '{count}クラスを表示', matrixFewer: '間違いの最も多い {count}クラスを表示', corner: '縦：正解、横：予測', cell: '{label}を{answer}と予測：{count}', takenFor: '{label}を{answer}と予測', rightAs: '{label}、正解', cellCaption: '{label} {of}枚中 {count}枚、{share}（{range}）。確信度の高い順、画像の下は確信度',
    tile: '{label}の画像、{answer}と予測（確信度 {confidence}）', without: 'なし：{label}', surest: '確信度の高い間違い', surestNote: '全クラス。ラベルの誤りも含まれることがあります', toAudit: '監査でラベルを判定', sure: '確信度 {confidence}', is: '正解は{label}', noneHere: '該当する画像はありません。', all: 'すべて（{count}枚）', fewer: '減らす',
    on: '対象', split: { validation: '検証画像 {images}枚', test: 'テスト画像 {images}枚' }, plain: '通常', augmented: 'TTA', difference: '差', epoch: 'エポック', epochOf: '{epoch} / {of}', running: '学習中', export: '予測を書き出す', own: '手元の画像を試す', ownTitle: '手元の画像に対するこの実行の答え',
    changesNote: 'TTA ありからなしを引いた枚数。朱：間違いが増加、青：減少', movedNote: 'TTA により {came}枚が入り、{left}枚が出ました', came: '入った画像', left: '出た画像', corrected: '改善', spoiled: '悪化', correctedBy: 'TTA で正解になった画像', spoiledBy: 'TTA で不正解になった画像', changedNote: '{count}枚。画像の下は TTA ありとなしの答え', changeNote: 'TTA なしの再現率（%）、TTA で正解・不正解に変わった枚数、差（ポイント）と 95 % 区間', points: 'ポイント',
    byClass: 'クラス別', byClassNote: '%、再現率は 95 % Wilson 区間', balanced: '均衡精度 {accuracy}：すべてのクラスを同じ重みで見た再現率の平均。', class: 'クラス', recall: '再現率', precision: '適合率', calibration: '線より下の点：精度より確信度が高い。縦線：95 % Wilson 区間。', calibrationAlone: '較正誤差 {error}。', calibrationRange: '較正誤差 {error}（{range}）。', temperature: '温度 {temperature} で割ると {after} になります。', keepTemperature: '書き出しに入れる', temperatureLimit: '{temperature}（探索範囲の端）', temperatureIdle: '温度 {temperature} で割っても下がりません。',
  },
  tta: {
    title: 'テスト時拡張（TTA）', kind: { flip: '左右反転', 'flip-shift': '反転と移動' }, accuracy: '精度 %', logLoss: '対数損失', calibration: '較正誤差 %', time: '1枚あたりの時間',
    sentence: 'TTA により {corrected}枚が正解に、{spoiled}枚が不正解に変わります：{points} ポイント（{range}）、McNemar の正確検定 p {p}。', views: { flip: '{views}通りの見方（元の画像と左右反転）の平均です。', 'flip-shift': '{views}通りの見方（元の画像、左右反転、それぞれを 1画素動かしたもの）の平均です。' },
    meaning: '同じ画像に対する一つのネットワークの比較で、区間は画像に対するものです。実行の判定には通常の値を使います。', missing: '各画像の複数の見方に対するこの実行の答えは、まだ保存されていません。', evaluate: 'TTA で評価', evaluating: 'ネットワークで計算中：{of}枚中 {done}枚', noTest: 'テスト画像では測定していません。このために再び開封することはありません。', last: '実行の最後の重みについて、予測が保存されると表示できます。',
  },
  map: {
    title: '画像の地図', note: '近い画像は、ネットワークの最後から 2 番目の層で似ているものです', method: '投影法', colour: '色', byClass: 'クラス', byRight: '正誤', drag: 'ドラッグ操作', lasso: '投げ縄', rectangle: '四角', move: '移動', zoomIn: '拡大', zoomOut: '縮小', all: '全体を表示',
    chooseMistakes: '間違いを選択', chooseCell: '行列のセルを選択', opening: 'ネットワークを開いています', embedding: 'ネットワークで計算中：{of}枚中 {done}枚', mapping: '地図を作成中：{share}', missing: 'これらの画像の地図はまだありません。各画像についてネットワークの最後から 2 番目の層を計算し、平面に並べます。できた地図は実行とともに保存されます。', make: '地図を作成（{method}）',
    part: '{of}枚のうち {shown}枚（分割全体から均等に）。', whole: '{images}枚。', variance: '主成分：横軸は分散の {x}、縦軸は {y}。', umapAxes: 'UMAP：群れの中の距離には意味がありますが、群れどうしの距離にはほとんどありません。',
    name: '{images}枚の画像の地図', keys: 'Ctrl とホイールで拡大縮小。クリックで画像を開き、Shift で選択に追加。矢印キーで次の画像へ（Shift：地図を移動）、スペースで選択、A で同じクラスを選択、+・-・0 で拡大縮小、Esc で選択を解除。',
    plainTile: '{label}の画像、{answer}と予測', share: '{label}：{count}枚', none: '選択なし', chosen: '選択なし | 1枚を選択、間違い {mistakes}枚 | {count}枚を選択、間違い {mistakes}枚', how: '点を囲むと、その画像がここに表示されます。間違いが先に並びます。', clear: '選択を解除', first: '最初の {count}枚を表示しています。', rightKey: '朱：間違い。灰：正解。', manyClasses: 'クラスが色数より多いため、行列や表で選んだ「{label}」を青、「{answer}」を朱で示します。',
  },
  curves: { keys: '矢印キーで読み取り、+・-・0 で拡大縮小。Ctrl とホイールで拡大、ドラッグで移動', show: '表示', split: { validation: '検証', train: '訓練' }, lines: { arms: '条件', runs: '実行' }, title: '精度 %', captionArms: 'シードの平均。帯：シードの範囲', captionRuns: '線 1本が 1回の実行。訓練：学習したバッチの精度', none: 'まだ 1エポックも終わっていません。', noneCompleted: '完了した実行がまだないため、条件の曲線はありません。', ofRuns: '各実行のここまでの曲線を表示', small: '条件が色数より多いため、線は墨色です。名前は読み取り欄にあります' },
  report: { title: '保存されるレポート', language: 'レポートの言語', note: '1つのファイル。どのブラウザーでもオフラインで開けます', save: 'レポートを保存…', saving: '保存中', computing: '最後のチェックポイントから予測を計算中：{of}回中 {at}回目', cancelling: 'キャンセル中',
    missing: '{of}回のうち {count}回の実行の予測が保存されていません。このままでは、それらの混同行列・較正・最も悪い誤りがレポートに載りません。',
    compute: '計算する', making: 'レポートを作っています' },
  test: {
    open: 'テストセットを開封', openAgain: 'テストセットを再び開封（開封 1回） | テストセットを再び開封（開封 {count}回）', notYet: '実験のすべての実行が終わってからだけ開封できます', title: 'テストセットを開封しますか', price: '元に戻せません。開封後は、このテスト画像を使って何かを選ぶことはできなくなります。一度も判定に使っていない画像での成績、とは言えなくなるためです。',
    first: 'この実験ではまだ開封していません。', before: 'すでに 1回開封しています。 | すでに {count}回開封しています。', arm: '条件', recorded: 'この条件の実行を測定し、開封を永久に記録します。 | この条件の {count}回の実行を測定し、開封を永久に記録します。', act: '開封する', working: '測定中',
    without: 'リストを除いた値も', withoutNote: '通常の値に並べる二つ目の値です。各実行のページ、設定、レポートに載ります。', accuracy: 'テスト精度', opened: 'このデータのテストセットの開封は 1回になりました。 | このデータのテストセットの開封は {count}回になりました。',
  },
};
