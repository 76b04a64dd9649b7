import type { listing as english } from './en';

export const listing: typeof english = {
  experiments: '実験', allRuns: '実行', view: '表示するもの', search: '問い・設定を検索', question: '問い', verdictHead: '判定', bestArm: '最良のアーム', value: '検証 %', effect: '効果（ポイント）', count: '{experiments}、{runs}', experimentCount: '実験なし | 実験 1 件 | 実験 {count} 件',
  state: { any: 'すべての状態', answered: '答えあり', undetermined: '未確定', confounded: '交絡', running: '実行中', unfinished: '未完了' },
  group: '実行をまとめる', ungrouped: 'まとめない', by: '{field}ごと', levels: '{field} {count} 水準', seeds: 'シードなし | シード 1 個 | シード {count} 個', times: '、', runs: '実行なし | 実行 1 回 | 実行 {count} 回', n: 'n = {n}', mean: '平均',
  verdict: { better: '{level} が良い', worse: '{level} は悪い', same: '問題になる差はない', depends: '{field}による', best: '{arm} が最良', confounded: '交絡', undetermined: '未確定', running: '実行中、{planned} 回中 {done} 回', interrupted: '未完了、{planned} 回中 {done} 回', unreadable: '読み込めません' },
  exampleLead: 'レポートの比較がなぜ答えにならないかを見るには：', example: '例として開く',
  notYet: '終わるまで判定なし', mark: '比較のための印', markRow: '{name} に比較の印を付ける', compare: '{count} 回の実行を比較', showArms: 'アームを表示', hideArms: 'アームを隠す', showSeeds: 'シードを表示', hideSeeds: 'シードを隠す', columns: '列',
  column: { curve: '曲線', interval: '95 % 区間', best: '最高のエポック', effect: '効果', when: '日時' }, effectsNote: '検証正解率のポイント差', remove: 'ゴミ箱へ移動', created: '作成', progress: '{planned} 回中 {completed} 回完了 | {planned} 回中 {completed} 回完了、1 回失敗 | {planned} 回中 {completed} 回完了、{failed} 回失敗',
  foot: '効果の列：問いが尋ねている差（ポイント）と 95 % 区間（Holm）。灰色：問題にしない差。白い点：各アーム実行 1 回のため区間なし。',
};
