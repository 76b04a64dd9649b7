import type { tools as english } from './en';

export const tools: typeof english = {
  cancel: 'キャンセル', cancelling: 'キャンセル中',
  range: {
    button: '学習率を探す…', title: '学習率レンジテスト', what: 'このレシピのネットワークを最初から数ステップだけ、学習率を上げながら学習します。ライブラリの実行には何も影響しません。',
    from: '開始', to: '終了', steps: 'ステップ数', start: 'テストを始める', invalid: 'レシピに誤った項目があります。', badSettings: '終了の学習率は開始の10倍以上、1000以下。ステップ数は {fewest}〜{most}。',
    axes: '各ステップの損失と学習率', measuring: 'レンジテストの実行中です。', step: 'ステップ {step} / {steps}', sentence: '{steps}ステップの損失を学習率に対して示したもの。',
    steepest: '損失が最も速く下がる点', steepestNote: 'このテストで分かる範囲では、{low}〜{high} で下がる速さに差がありません。', tenth: '発散する学習率の10分の1', tenthNote: '{rate} で損失が発散しました。',
    filters: 'フィルターの学習率もともに上がり、ここでは {rate}。この値も使います。',
    take: 'この値を使う', none: 'どの学習率でも、損失はばらつき以上には下がりませんでした。ステップ数を増やすか、別の範囲で試してください。',
    doubt: 'シード {seed}、新しい重みからの {steps}ステップ1回きりの結果です。桁の目安として、ウォームアップで到達する最大の学習率に使ってください。',
    cost: '1ステップには、{batch}枚での学習1ステップと同じ時間がかかります。', earlier: 'このネットワークの以前のテスト', keptOne: '{when}：最も速く下がる点 {rate}',
  },
  batch: {
    button: '最大のサイズを探す…', title: '収まる最大のバッチサイズ', what: 'このレシピのネットワークを、バッチサイズを増やしながら数ステップずつ実際に学習します。サイズごとに別のプロセスで行い、設定もライブラリの実行も変わりません。',
    most: '上限', limit: 'メモリの上限', free: '空いている分', start: '探し始める', badSettings: '2〜65,536の整数。メモリはギガバイトの数、または空欄。',
    size: 'バッチサイズ', rate: '枚/秒', rateDrawn: '毎秒の枚数（棒）', memory: 'メモリ', takeColumn: '使う', trying: '試しています', measuring: '探しています。', step: '{size} を試しています（これまで {tried}件）',
    largest: '最大', fastest: '最速', take: '{size} を使う', reason: { 'out-of-memory': 'メモリ不足', 'over-limit': '上限を超えました', crashed: 'プロセスが終了しました' },
    found: '{size} は収まり、{refused} は収まりません。', all: '{size} までのすべてのサイズが収まります。', none: '最小のサイズも収まりません。',
    from: { person: '1回の試行に使えるメモリは、指定の {bytes} です。', container: '1回の試行に使えるメモリは {bytes}（コンテナーの残り）です。', machine: '1回の試行に使えるメモリは {bytes}（空きの9割）です。' },
    doubt: '最速のサイズが最大とは限りません。バッチサイズを変えれば別の実験です。学習率も変える必要があるかもしれません。', cost: '大きなネットワークでは数分かかります。その間、学習中の実行は遅くなりますが続きます。',
  },
  heat: {
    show: 'どこを見ているか', hide: '隠す', asking: '計算中', of: '「{label}」の Grad-CAM：明るいところほどロジットに寄与', onePixel: 'この大きさの画像では最後の特徴マップが1画素のため、場所については何も分かりません。', nothing: 'ここには「{label}」を支持するものがありません。',
    input: 'ネットワークに入る画像', pick: 'ネットワークがどこを見ているかを表示：{name}', answer: '予測「{label}」について', label: 'ラベル「{label}」について', title: 'ネットワークが見ているところ', before: '前の画像', next: '次の画像', place: '{of}枚中 {at}枚目、データセットの {index}番。最後のチェックポイントによる。矢印キーで移動', answers: '確率の高いクラス',
  },
};
