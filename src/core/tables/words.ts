import type { ComparedRun, FieldDifference } from '../judgement/comparison';
import type { Locale } from '../text/format';

/** What tables and charts are headed with. */
const en = {
  comma: ', ', versus: (level: string, against: string) => `${level} vs ${against}`, minus: (level: string, against: string) => `${level} minus ${against}`, and: ' × ',
  arm: 'Arm', n: 'n', seed: 'Seed', run: 'Run', state: 'State', class: 'Class', epoch: 'Epoch', seconds: 'Training time (s)', trainTime: 'Training time (s)', image: 'images',
  validation: 'Validation %', interval: '95 % interval', overImages: '95 % interval, over images', deviation: 'Deviation', best: 'Best %', bestEpoch: 'Best at epoch', lastEpoch: 'Last epoch', train: 'Train %', augmented: 'Augmented train %', gap: 'Gap', fit: 'Curves say',
  contrast: 'Contrast', at: 'At', difference: 'Difference', standardError: 'Standard error', df: 'df', adjusted: '95 % interval, Holm', p: 'p', pHolm: 'p, Holm', verdict: 'Verdict', paired: 'Paired', seedsObserved: 'Seeds for this difference', seedsMargin: 'Seeds for the margin',
  factor: 'Factor', effect: 'Effect', term: 'Term', f: 'F', field: 'Field', role: 'Role', from: 'Follows from',
  images: 'Images', armOnly: 'Right in the arm only', referenceOnly: 'Right in the reference only', mcnemar: 'McNemar p', bootstrap: '95 % interval, bootstrap',
  when: 'When', measuredOn: 'Measured on', allTest: 'all test images', without: (list: string, hash: string, leftOut: number) => `without “${list}” (${hash}), which leaves out ${leftOut}`, purpose: 'Purpose', precision: 'Precision %', recall: 'Recall %', f1: 'F1 %', confidence: 'Confidence', accuracy: 'Accuracy %', label: 'True class', low: 'lowest', high: 'highest',
  yes: 'yes', no: 'no', unknown: 'unknown', given: 'given', onFront: 'on the front', counts: 'Counts',
  titles: {
    arms: 'Arms', contrasts: 'Contrasts', effects: 'Effects averaged over the other factors', anova: 'Analysis of variance', differences: 'What differs between the arms', runs: 'Runs', imagewise: 'Image by image',
    time: 'Accuracy at equal training time', curves: 'Accuracy by epoch', openings: 'Openings of the test set', test: 'On the test set', classes: 'Classes', confusion: 'Confusion', calibration: 'Calibration',
  },
  notes: {
    arms: 'Validation accuracy of the last epoch, raw weights; mean over seeds, interval from t over seeds (95 %). Gap: plain training images minus validation, in points.',
    armsWilson: 'n = 1: the interval is over images (Wilson), and says nothing about another seed.',
    contrasts: (margin: string) => `Points of validation accuracy, arm minus reference, paired by seed where “Paired” says so; Holm over all rows. Differences within ±${margin} do not matter.`,
    effects: 'Each level against its factor’s first, averaged over the levels of the other factors, in points. Intervals and p are not adjusted for one another.',
    anova: 'Block model: seeds are blocks. p are not adjusted for one another.',
    runs: 'Every run of the comparison, those that do not count too.',
    imagewise: 'Two networks of the same seed on the same images: McNemar’s exact test and a paired bootstrap over images. They say nothing about other seeds.',
    time: 'Mean over seeds of the last epoch finished by then; “–”: no epoch finished yet.',
    curves: 'Mean over seeds with the lowest and the highest seed.',
    confusion: 'Rows: true class. Columns: what the network said. Images.',
    balanced: (accuracy: string) => `Balanced accuracy ${accuracy} %: the mean recall of the classes.`,
    calibration: (error: string) => `Expected calibration error ${error} points, bins of equal width.`,
    test: 'The last weights on the test set, once it was opened for them; never judged. “Without” is another number than the test set’s, not to be compared with other people’s. Intervals are over images (Wilson).',
    differences: 'cause: can change a result; follows: changes because a cause does; environment: what surrounds a run.',
  },
  states: { queued: 'waiting', running: 'running', completed: 'completed', stopped: 'stopped', failed: 'failed', interrupted: 'interrupted', given: 'given result', missing: 'missing' } satisfies Record<ComparedRun['status'], string>,
  leftOut: { 'not-completed': 'no: not completed', 'no-value': 'no: no value', 'other-data-revision': 'no: other data', 'other-split': 'no: other split', 'other-epochs-recorded': 'no: other epochs recorded', given: 'no: given, not run', 'same-seed': 'no: same seed again' } satisfies Record<NonNullable<ComparedRun['leftOut']>, string>,
  roles: { cause: 'cause', follows: 'follows', environment: 'environment', ignored: 'ignored' } satisfies Record<FieldDifference['role'], string>,
  fits: { overfitting: 'overfitting', underfitting: 'underfitting', balanced: 'balanced', unknown: '–' },
};

const ja: typeof en = {
  comma: '、', versus: (level, against) => `${against} → ${level}`, minus: (level, against) => `${level} − ${against}`, and: ' × ',
  arm: '条件', n: 'n', seed: 'シード', run: '実行', state: '状態', class: 'クラス', epoch: 'エポック', seconds: '学習時間（秒）', trainTime: '学習時間（秒）', image: '枚',
  validation: '検証 %', interval: '95 % 区間', overImages: '95 % 区間（画像）', deviation: '標準偏差', best: '最良 %', bestEpoch: '最良のエポック', lastEpoch: '最終エポック', train: '訓練 %', augmented: '拡張した訓練画像 %', gap: 'ギャップ', fit: '曲線からの読み',
  contrast: '対比', at: '他の要因', difference: '差', standardError: '標準誤差', df: '自由度', adjusted: '95 % 区間（Holm）', p: 'p', pHolm: 'p（Holm）', verdict: '判定', paired: '対応あり', seedsObserved: 'この差に必要なシード数', seedsMargin: '問題になる差に必要なシード数',
  factor: '要因', effect: '効果', term: '項', f: 'F', field: '項目', role: '役割', from: '従う元',
  images: '画像', armOnly: '条件だけが正解', referenceOnly: '基準だけが正解', mcnemar: 'McNemar p', bootstrap: '95 % 区間（ブートストラップ）',
  when: '日時', measuredOn: '測定対象', allTest: 'テスト画像すべて', without: (list, hash, leftOut) => `「${list}」（${hash}）の${leftOut}枚を除く`, purpose: '目的', precision: '適合率 %', recall: '再現率 %', f1: 'F1 %', confidence: '確信度', accuracy: '精度 %', label: '正しいクラス', low: '最低', high: '最高',
  yes: 'はい', no: 'いいえ', unknown: '不明', given: '与えられた値', onFront: '最前線上', counts: '数える',
  titles: {
    arms: '条件', contrasts: '対比', effects: '他の要因で平均した効果', anova: '分散分析', differences: '条件間で異なるもの', runs: '実行', imagewise: '画像ごとの比較',
    time: '同じ学習時間での精度', curves: 'エポックごとの精度', openings: 'テストセットの開封', test: 'テストセットでの結果', classes: 'クラス別', confusion: '混同行列', calibration: '較正',
  },
  notes: {
    arms: '最終エポックの検証精度（重みはそのまま）。シードの平均と、シードに対する t 分布の 95 % 区間。ギャップ：拡張なしの訓練画像と検証画像の精度の差（ポイント）。',
    armsWilson: 'n = 1：区間は画像に対するもの（Wilson）で、別のシードについては何も示しません。',
    contrasts: (margin) => `検証精度の差（ポイント、条件 − 基準）。「対応あり」の行はシードで対応付け。Holm 補正は全行に対して行っています。±${margin} 以内の差は問題にしません。`,
    effects: '各水準と要因の最初の水準との差を、他の要因の水準で平均したもの（ポイント）。区間と p は互いに対して補正していません。',
    anova: 'ブロックモデル：シードをブロックとします。p は互いに対して補正していません。',
    runs: '比較に含まれるすべての実行。数えないものも示します。',
    imagewise: '同じシードの二つのネットワークを同じ画像で比較：McNemar の正確検定と、画像に対する対応のあるブートストラップ。別のシードについては何も示しません。',
    time: 'その時点までに終わった最後のエポックの、シードの平均。「–」：まだ 1 エポックも終わっていません。',
    curves: 'シードの平均と、最低・最高のシード。',
    confusion: '行：正しいクラス。列：ネットワークの答え。単位は枚。',
    balanced: (accuracy) => `均衡精度 ${accuracy} %：クラスの再現率の平均。`,
    calibration: (error) => `期待較正誤差 ${error} ポイント、等幅の区間。`,
    test: '開封後に、最終の重みをテストセットで測った値。判定には使いません。「除く」の行はテストセットそのものの値ではなく、他の人の値とは比べられません。区間は画像に対するもの（Wilson）。',
    differences: '原因：結果を変えうるもの。従属：原因に伴って変わるもの。環境：実行を取り巻くもの。',
  },
  states: { queued: '待機中', running: '実行中', completed: '完了', stopped: '停止', failed: '失敗', interrupted: '中断', given: '与えられた結果', missing: '未実行' },
  leftOut: { 'not-completed': 'いいえ：未完了', 'no-value': 'いいえ：値なし', 'other-data-revision': 'いいえ：データが異なる', 'other-split': 'いいえ：分割が異なる', 'other-epochs-recorded': 'いいえ：記録されたエポックが異なる', given: 'いいえ：与えられた値', 'same-seed': 'いいえ：同じシードの重複' },
  roles: { cause: '原因', follows: '従属', environment: '環境', ignored: '無関係' },
  fits: { overfitting: '過学習', underfitting: '学習不足', balanced: '釣り合っている', unknown: '–' },
};

export const tableWords: Readonly<Record<Locale, typeof en>> = { en, ja };
