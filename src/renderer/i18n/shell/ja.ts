import type { shell as english } from './en';
import { glossary } from './glossaryJa';

export const shell: typeof english = {
  glossary,
  keys: {
    title: 'キー操作', outside: '1文字のキーは入力欄の外で働きます。', lettersOff: '1文字のキーは設定でオフになっています。', here: 'この画面',
    page: { everywhere: 'どこでも', library: 'ライブラリ', wizard: '新しい実験・実行', live: '実行中・1つの実行', queue: 'キュー', results: '結果', datasets: 'データセット', augmentation: 'データ拡張' },
    palette: '何でも探す', new: '新しい実験', places: 'ライブラリ、実行中、データセット、データ拡張、システム', undo: '元に戻す（入力欄では入力を）', redo: '元に戻したものをやり直す', check: 'システムを再確認', pane: '次の区画へ', arrows: '表・画像・グラフの中を移動（Shift で10倍）', keys: 'このキー一覧', close: '一番手前のものを閉じる',
    search: '検索', open: '選択した行を開く', details: '選択した行の詳細', mark: '比較する行に印を付ける（Ctrl Space も）', markAll: '表示中のすべての実行に印を付ける', unfold: '行を閉じる・開く',
    start: '次の手順へ、開始', editLevel: '水準を編集', removeLevel: '水準や要因を外す', moveLevel: '水準を動かす（先頭が基準）', moveFactor: '要因を動かす',
    pause: '一時停止・再開', note: '学習中の実行にメモを残す', table: '曲線を表で見る', nextRun: '前・次の実行', reading: '読み取り位置を動かす',
    moveRun: '実行を動かす（Home・End で端へ）', takeOut: '実行をキューから外す',
    tab: '次のタブ（Shift で前）', why: '数値の出どころ', report: 'レポート', zoom: '曲線の拡大・縮小・全体', sameClass: '同じクラスの画像すべて（地図）',
    samples: 'ほかの見本', difference: '重複する2枚の差分', labelMark: '疑わしいラベルに印を付ける',
    image: '別の画像', anotherSeed: '別のシード', epoch: '1エポック前・先へ', moveOperation: '操作を動かす', removeOperation: '操作を外す',
  },
  palette: {
    title: '検索', placeholder: '画面・実験・実行・設定・用語', nothing: 'この名前のものはありません。', choose: '選ぶ', open: '開く', allKeys: 'キー一覧', on: 'オン', off: 'オフ', chosen: '選択中', more: 'ほか {count}件',
    group: { recent: '最近', here: 'この画面', views: '画面', experiments: '実験', runs: '実行', datasets: 'データセット', commands: 'コマンド', settings: '設定', words: '用語' },
    theme: '配色：{theme}', language: '言語：{language}', what: '{term}とは', words: '用語の一覧', factor: '{field}を要因とする新しい実験', see: '{policy}が画像に何をするかを見る', filter: 'ライブラリを絞り込む：{policy}',
  },
};
