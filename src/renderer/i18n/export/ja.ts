import type { exports as english } from './en';

export const exports: typeof english = {
  button: '書き出し…', nothing: 'この実行にはチェックポイントがありません', title: '{name} を書き出す', formats: '形式', precision: '数値精度', checkpoint: 'チェックポイント', kind: '重み', place: '場所', fold: 'バッチ正規化を畳み込みにまとめる', foldAlways: 'バッチ正規化はまとめられます。少ないビット数に必要です。',
  temperature: 'ロジットを求めた温度で割る', temperatureNote: '検証画像で求めます。答えは変わらず、確信度だけが変わります。モデルカードに記します。',
  keepFailed: '検査に失敗しても、印を付けて残す', own: 'ライブラリの、この実行のところ', choose: 'フォルダーを選ぶ…', elsewhere: '別のフォルダーを選ぶ…', backToOwn: '実行のところに置く', chosen: '{folder} の中の新しいフォルダー', start: '書き出す', cancel: 'キャンセル', cancelling: 'キャンセル中', another: '別の形式で書き出す', busyElsewhere: '別の実行を書き出しています。',
  last: '最後のエポック', best: '最良のエポック', bestNote: '検証精度で選んだものなので、その精度は平均して高すぎます。',
  raw: '学習したまま', ema: '移動平均', emaNote: 'その精度はモデルカードにあります。実行どうしは、学習したままの重みで比べます。',
  format: { onnx: 'ONNX', savedmodel: 'TensorFlow SavedModel', tfjs: 'TensorFlow.js', safetensors: 'safetensors', weights: '重みのみ（バイナリ）' },
  about: {
    onnx: 'ONNX Runtime など多くの環境向け。画像をバイト列のまま受け取ります', savedmodel: 'TensorFlow とそのサーバー向け。画像をバイト列のまま受け取ります', tfjs: 'ブラウザー向け。画像を整数のまま受け取ります',
    safetensors: 'PyTorch 向け。名前は torchvision と同じ、重みだけです', weights: 'そのほか何にでも。バイナリと JSON の一覧、重みだけです',
  },
  bits: { float32: 'float32', float16: 'float16', int8: 'int8' },
  bitsNote: { float32: '学習したままです。', float16: '大きさは半分。精度の低下は測定されます。', int8: '大きさは4分の1。精度の低下は測定されます。' },
  phase: { read: '実行を読み込み中', temperature: '温度を求めています', calibrate: '訓練画像で較正中', write: '書き込み中', reference: '学習したモデルに問い合わせ中', parity: '書き出したモデルに問い合わせ中', finish: '仕上げ中' },
  progress: '{phase}、{total}枚のうち {done}枚',
  passed: '学習したモデルと同じ答えです', failed: '学習したモデルの答えと違います', notRun: '検査を実行できませんでした（失敗と見なします）', notKept: '残していません。', keptFailed: '失敗の印を付けて残しました。頼りにしないでください。',
  table: {
    runtime: '読み直した環境', images: '比べた画像', imagesValue: '検証画像 {count}枚', difference: 'ロジットの最大の差', atMost: '上限 {value}', notFinite: '有限の数ではありません', changed: '変わった予測', changedValue: '{images}枚のうち {count}枚',
    trained: '精度（学習したモデル）', exported: '精度（書き出したモデル）', interval: '{low} – {high}（95 %）', loss: '精度の低下', files: 'PNG ファイルから同じラベル', filesValue: '{images}枚のうち {equal}枚', size: '大きさ', temperature: '温度', temperatureValue: '{value}（較正誤差 {before}、割った後 {after}）', folder: 'フォルダー',
  },
  points: '{value} ポイント', show: 'フォルダーを開く', passedOver: '新しいチェックポイントが壊れていたため、その前のものを書き出しました。',
  earlier: 'この実行のこれまでの書き出し', listing: 'この実行の以前の書き出しを確認しています', unread: 'この実行の以前の書き出しを一覧できません。', good: '合格', bad: '失敗', folded: '統合済み', calibrated: '温度 {value}', showOf: '{name} のフォルダーを開く',
};
