import type { queue as english } from './en';

export const queue: typeof english = {
  title: 'キュー', trains: '学習中', waiting: '待機中', empty: 'キューは空です。', nothingWaits: '待っている実行はありません。', lone: '単独の実行', seed: 'シード {seed}', pause: 'キューを一時停止', continue: 'キューを再開', atOnce: '同時に実行する数', held: 'キューは止められています。',
  pausedTitle: 'キューは一時停止中です。', pausedNote: '再開するまで、再起動の後も、新しい実行は始まりません。学習中のものは続きます。', keys: 'Alt と矢印で動かす、Delete でキューから外す', up: '{name} を上へ', down: '{name} を下へ', remove: '{name} をキューから外す',
  removed: '{name} をキューから外しました。', cutShort: '打ち切る', cutShortDone: '実験を打ち切りました。 | 実験を打ち切りました。1回の実行をキューから外しました。 | 実験を打ち切りました。{count}回の実行をキューから外しました。', place: '{all}回のうち {at}回目', next: '次：{name}、シード {seed}。', more: 'ほかに待機はありません。 | ほかに 1回が待機中。 | ほかに {count}回が待機中。',
  left: '全体の残り {time}。', leftAtLeast: '全体の残りは {time} 以上。', leftUntil: '残り {time}、{clock} ごろ完了', timeUnknown: '残りは {time} 以上。1回の実行の時間がまだ分かりません | 残りは {time} 以上。{count}回の実行の時間がまだ分かりません', timeNone: '残り時間はまだ分かりません | 1回の実行の時間がまだ分かりません | {count}回の実行の時間がまだ分かりません', reorder: 'キューを並べ替える',
  foot: '行はドラッグか Alt ↑ ↓ で動かせます。Delete で外した実行は残り、戻せます。',
  matrix: { caption: '数値：最後のエポックの検証 %', seed: 'シード', seeds: '左からシード {first}〜{last}', now: '今', missing: '未実行', cell: 'シード {seed}、{state}、{value} %', sentence: '{name}：{planned}回のうち {done}回が完了。' },
};
