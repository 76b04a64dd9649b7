import type { interchange as english } from './en';

export const interchange: typeof english = {
  tryImage: {
    title: '画像で試す', drop: 'ここに画像をドロップ', choose: '画像を選ぶ…', fit: '画像の中央を {width} × {height} に縮小して使います。', asking: 'ネットワークで計算中', by: 'エポック {epoch}、ステップ {step} の重みによる予測です。',
    nothing: 'この実行にはまだチェックポイントがありません。', tooMany: '最初の {count}枚だけを試します。', clear: '消去',
  },
  share: {
    button: '保存…', archive: 'アーカイブ（zip）', archiveNote: '別のコンピューターへ：{content}を、全ファイルのハッシュとともに。', run: 'この実行', experiment: 'この実験とすべての実行', checkpoints: 'チェックポイントを含める', checkpointsNote: '含めない場合、実行は閲覧できますが、再開・評価・書き出しはできません。',
    saveArchive: 'アーカイブを保存…', metrics: '指標', csv: 'CSV の表', json: 'JSON', tensorboard: 'TensorBoard', mlflow: 'MLflow', saved: '保存しました：{path}', show: 'フォルダーで表示',
  },
  bring: {
    button: '読み込む…', drop: 'アーカイブをドロップして読み込む', done: '読み込みました：{name}', runs: '実行 {count}件。', present: '同じものがすでにライブラリにありました。', partly: 'うち {count}件はすでにありました。', newIds: '実行には新しい ID が付きました。',
    absent: 'データセット {id} がこのライブラリにないため、実行は閲覧できますが、再開・評価はできません。', otherRevision: 'データセット {id} のリビジョンがここでは異なるため、実行は閲覧できますが、再開・評価はできません。', noCheckpoints: 'アーカイブにチェックポイントがないため、実行は閲覧のみできます。',
    asNew: '新しい ID で読み込む', open: '開く',
  },
  phase: { hash: 'ハッシュを計算中', write: 'まとめています', check: '展開し、すべてのハッシュを確認中', place: 'ライブラリに配置中' },
  weights: {
    title: '初期重み', scratch: 'ゼロから', file: 'ファイルから…', hint: 'safetensors か .pth をここにドロップすることもできます', other: '別のファイル…', reading: '読み込み中', holds: 'テンソルなし | {format}、テンソル {count}個 | {format}、テンソル {count}個',
    format: { safetensors: 'safetensors', torch: 'PyTorch', 'torch-legacy': 'PyTorch（以前の形式）' },
    state: {
      fits: '{network}（{stem}）のテンソル {of}個のうち {matched}個が一致し、ここから学習を始められます。', startable: '{network}（{stem}）のテンソル {of}個のうち {matched}個が一致します。異なる部分は初期化し直す必要があります：',
      refused: '{network}（{stem}）のテンソル {of}個のうち一致するのは {matched}個です。別のネットワークの重みです。',
    },
    otherShape: '{name} {shape}、必要なのは {wanted}', missing: '{name} {wanted} がありません', unexpected: '{name} {shape} はこのネットワークにありません', more: 'ほかになし | ほか {count}個 | ほか {count}個',
    stemAnew: 'ステムを乱数で初期化し直す', headAnew: '分類層を乱数で初期化し直す', take: '代わりに {network} を学習する', addFile: '＋ ファイル', part: { stem: 'ステム', head: '分類層' },
    level: {
      fits: '{name}：テンソル {of}個がすべて一致します。', anew: '{name}：テンソル {of}個のうち {matched}個が一致します。{parts}は乱数で初期化し直します。', other: '{name}：テンソル {of}個のうち一致するのは {matched}個です。{network} の重みです。',
      refused: '{name}：テンソル {of}個のうち一致するのは {matched}個です。別のネットワークの重みです。',
    },
  },
  startFile: '{file} の重み',
  progress: '{phase}、{total} 中 {done}', cancel: 'キャンセル', cancelling: 'キャンセル中',
};
