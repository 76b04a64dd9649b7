import type { training as en } from './en';

export const training: typeof en = {
  schedule: {
    finalFraction: '終わりの値', everyEpochs: '間隔', milestones: '下げるエポック', gamma: '倍率', warmupFraction: '上昇', divFactor: '開始：ピーク ÷', finalDivFactor: '終了：開始 ÷',
    hint: {
      finalFraction: 'ピークに対する割合（0〜1）', everyEpochs: 'エポックごと。学習の開始から数えます', milestones: '例：60, 120, 160', gamma: 'そのたびに学習率に掛ける値', warmupFraction: 'ピークまでの割合。ウォームアップの代わりです',
      divFactor: 'PyTorch の div_factor', finalDivFactor: 'PyTorch の final_div_factor',
    },
    badMilestones: '数値をコンマで区切り、小さい順に、ウォームアップの後から終わりの前までにしてください。',
  },
  muon: {
    filterLearningRate: 'フィルターの学習率', filterMomentum: 'フィルターのモメンタム', filterWeightDecay: 'フィルターの減衰', newtonSchulzSteps: '反復回数', normalizeFilters: 'フィルター正規化',
    hint: {
      filterLearningRate: 'Muon の最大値、スケジュールは共通', filterMomentum: '通常は 0.95', filterWeightDecay: '分離型（PyTorch と同じ）',
      newtonSchulzSteps: 'Newton-Schulz、通常は 3〜5回', normalizeFilters: '毎ステップの前に。学習率はずっと高く',
      sgd: 'SGD 用、その他の全ての重み', nesterov: '両方に', learningRate: 'SGD の最大値、その他の全ての重み',
    },
  },
  options: {
    title: 'その他の学習設定', caption: '設定しなければ使いません',
    decayNormAndBias: '重み減衰の対象', decayed: '正規化とバイアス', decayHint: 'も含めます（PyTorch の標準と同じ）',
    ema: '重みの移動平均', emaHint: '減衰率（例：0.999）。重みと並べて評価し、判定には使いません', emaWarmup: '初めは小さく', emaWarmupHint: '減衰率を少しずつ上げます（timm と同じ）',
    microBatches: 'バッチの分割', microBatchesHint: '順に計算するのでメモリが少なくて済みます。バッチ正規化は一度に {images}枚を見ます',
    frozenEpochs: '分類層だけ学習', frozenHint: '最初のエポックだけ。ファイルの初期重みが必要です',
    stop: '早期終了', stopHint: '改善しなくなったら終えます。判定は最後のエポックです', monitor: '見る値', accuracy: '検証精度', loss: '検証損失', patience: '待つ回数', patienceHint: '続けて改善がないとき', minDelta: '改善の幅', minDeltaHint: { accuracy: '割合：0.001 は 0.1 ポイント', loss: 'nats' },
    budget: '時間の上限', budgetHint: '最初に、収まるだけのエポックを計画し、スケジュールもそれに合わせて縮めます', minutes: '分', none: 'なし',
  },
  facts: {
    continues: '{run} の{epochs}エポックの後', frozen: '最初の{epochs}エポックは分類層だけ', parts: 'バッチを{count}分割', noDecay: '正規化とバイアスは減衰なし', ema: '重みの移動平均 {decay}', stop: '早期終了（{epochs}エポック待つ）', budget: '{minutes}分以内',
  },
  log: {
    planned: '計画', earlyStopping: '{asked}エポック中{epochs}：検証がよくならなくなりました。', timeBudget: '{asked}エポック中{epochs}が時間の上限に収まります（1エポック {time}）。',
  },
  ended: { 'early-stopping': '{asked}エポック中{epochs}：設定どおり早期終了しました。', 'time-budget': '{asked}エポック中{epochs}：時間の上限に収まる分です。' },
  extend: {
    title: '続けて学習', text: 'この実行の最後のチェックポイントから、オプティマイザーの状態、順序、乱数も引き継いで、新しい実行を始めます。', epochs: '追加するエポック', schedule: 'ウォームリスタート：{rate} から 0 へコサインで', whole: '1 以上の整数にしてください。',
    keep: '延長可能', keepHint: '終わってもオプティマイザーの状態を残します。ディスクを多く使います',
  },
};
