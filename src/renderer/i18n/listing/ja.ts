import type { listing as english } from './en';

export const listing: typeof english = {
  experiments: '実験', allRuns: '実行', view: '表示するもの', search: '問い・メモ・設定を検索', searchHelp: '語、または tag:ゼミ  epochs:20  stem:cifar  lr:0.05..0.2  val:>80  state:running  -除く語', question: '問い', verdictHead: '判定', bestArm: '最良の条件', value: '検証 %', effect: '効果（ポイント）', count: '{experiments}、{runs}', experimentCount: '実験なし | 実験 1件 | 実験 {count}件',
  state: { any: 'すべての状態', answered: '答えあり', undetermined: '未確定', confounded: '交絡', running: '実行中', unfinished: '未完了' },
  filterData: 'データセット', anyDataset: 'すべてのデータ', filterTag: 'タグ', anyTag: 'すべてのタグ', andMore: '{first} ほか {count}件', nothing: '一致するものがありません。', clear: '検索と絞り込みを解除', more: 'その他',
  group: '実行をまとめる', ungrouped: 'まとめない', seedsTogether: 'シードをまとめる', by: '{field}ごと', levels: '{field} {count}水準', seeds: 'シードなし | シード 1個 | シード {count}個', times: '、', runs: '実行なし | 実行 1回 | 実行 {count}回', n: 'n = {n}', mean: '平均', interval: '± {half}、n = {n}', alike: '{network}、{stem}、{policy}、{epochs}エポック、{seeds}',
  verdict: { better: '{level} が良い', worse: '{level} は悪い', same: '問題になる差はない', depends: '{field}による', best: '{arm} が最良', confounded: '交絡', undetermined: '未確定', running: '実行中、{planned}回中 {done}回', waiting: '待機中、{planned}回中 {done}回', interrupted: '未完了、{planned}回中 {done}回', unreadable: '読み込めません' },
  exampleLead: 'レポートの比較がなぜ答えにならないかを見るには：', example: '例として開く',
  notYet: '終了後に判定', mark: '比較のための印', markRow: '{name} に比較の印を付ける', compare: '{count}回の実行を比較', showArms: '条件を表示', hideArms: '条件を隠す', showSeeds: 'シードを表示', hideSeeds: 'シードを隠す', columns: '列', columnSettings: '異なる設定', usualColumns: '標準の列',
  column: { curve: '曲線', interval: '95 % 区間', best: '最良のエポック', effect: '効果', tags: 'タグ', when: '日時' }, effectsNote: '検証精度のポイント差', created: '作成', progress: '{planned}回中 {completed}回完了 | {planned}回中 {completed}回完了、1回失敗 | {planned}回中 {completed}回完了、{failed}回失敗',
  noRoom: 'この幅では表示できない列：{columns}。',
  foot: '効果の列：問いが尋ねている差（ポイント）と 95 % 区間（Holm）。灰色：問題にしない差。白い点：各条件実行 1回のため区間なし。',
  note: { title: 'メモ', placeholder: '覚えておきたいこと', changed: 'メモを変更しました。', add: '+ タグ', addTag: 'タグを追加', removeTag: 'タグ {tag} を外す', tagAdded: 'タグ「{tag}」を付けました。', tagRemoved: 'タグ「{tag}」を外しました。', bad: '1〜40文字。コンマ・コロン・引用符は使えません。' },
  pinned: 'ピン留め', pin: 'サイドバーにピン留め', unpin: 'ピン留めを外す',
  removeAll: 'すべてゴミ箱へ移動', removeAllNote: 'ゴミ箱を空にするまで元に戻せます。',
  weights: { remove: '重みを削除し、記録は残す', removeNote: '曲線・予測・書き出し・設定は残ります。再開・評価・書き出しはできなくなります。', needed: '待機中または学習中のため、重みが必要です。', removed: 'ゴミ箱に重みはありません。 | 実行 1回の重み（{bytes}）をゴミ箱へ移しました。 | 実行 {count}回の重み（{bytes}）をゴミ箱へ移しました。', none: '削除できる重みがありません。', shared: '他の実験と共有する実行はありません。 | うち 1回は他の実験にも含まれ、そこでも重みがなくなります。 | うち {count}回は他の実験にも含まれ、そこでも重みがなくなります。' },
  marked: { title: '印を付けた実行', count: '印なし | 実行 1回に印 | 実行 {count}回に印', tag: '印を付けたすべてにタグを付ける', clear: '印を消す', deleted: 'ゴミ箱に実行はありません。 | 実行 1回をゴミ箱へ移しました。 | 実行 {count}回をゴミ箱へ移しました。' },
  bin: { title: 'ゴミ箱', empty: 'ゴミ箱は空です。', emptyIt: 'ゴミ箱を空にする', sure: '完全に削除し、{bytes} を空けます。元に戻せません。', yes: '完全に削除', freed: '{bytes} が空きました。', restore: '元に戻す', kind: { run: '実行', experiment: '実験', weights: '重み' } },
  sizes: { title: '容量の大きい実行', none: '実行がまだありません。', weights: '重み', record: '記録', remove: '重みを削除', lone: '実験に属さない実行', measuring: '実行ごとの容量を調べています', all: '{count}件すべてを表示' },
};
