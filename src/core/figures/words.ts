import type { Locale } from '../text/format';

const en = {
  seeds: (n: number) => (n === 1 ? 'one seed' : `${n} seeds`),
  arms: {
    title: 'Arms', caption: 'validation accuracy in %; bar: 95 % interval (t over seeds); thin ticks: single seeds', captionWilson: 'validation accuracy in %; bar: 95 % interval over images (Wilson), one seed',
    says: (rows: string) => `Validation accuracy of each arm with its 95 % interval. ${rows}`, row: (arm: string, mean: string, interval: string | null, n: number) => `${arm}: ${mean}${interval === null ? '' : `, 95 % interval ${interval}`}, n = ${n}.`,
  },
  effects: {
    title: 'Effects', caption: (margin: string) => `points of validation accuracy, arm minus reference; bar: 95 % interval, Holm; shaded: within ±${margin}, too small to matter`,
    says: (rows: string) => `Differences between arms with their 95 % intervals. ${rows}`, row: (what: string, at: string, difference: string, interval: string | null) => `${what}${at && `, ${at}`}: ${difference}${interval === null ? ', no interval' : `, ${interval}`}.`, none: 'Nothing can be compared yet.',
  },
  interaction: { title: 'Interaction', caption: 'validation %, 95 % interval', says: (first: string, second: string) => `Validation accuracy by ${second}, a line for each level of ${first}; lines that are not parallel mean that one depends on the other.`, at: (levels: string) => `others at ${levels}` },
  curves: {
    title: 'Validation accuracy by epoch', caption: 'in %, mean over seeds; bands: lowest to highest seed', dashed: (level: string) => `; dashed: ${level}`, says: (rows: string) => `Validation accuracy by epoch, mean over seeds with their range. ${rows}`, row: (arm: string, value: string, epoch: number) => `${arm} ends at ${value} after ${epoch} epochs.`,
  },
  learning: { title: 'Training and validation', caption: 'in %, mean and range over seeds; solid: validation; dashed: plain training images; dotted: as augmented', says: 'For each arm the accuracy on plain training images, on training images as augmented and on validation images by epoch.', epochs: (n: number) => `${n} ep.` },
  time: { title: 'Accuracy and training time', caption: 'validation %, last epoch, over seconds of training; joined: arms that no other beats in both', says: (front: string) => `Validation accuracy of the last epoch over training time. No other arm is both faster and better than ${front}.`, none: 'No arm has a time yet.', axis: 's' },
  confusion: { title: 'Confusion', caption: 'rows: true class; columns: answer; in % of the row', says: (rows: string) => `Confusion matrix. Most frequent mistakes: ${rows}.`, row: (label: string, answer: string, images: string) => `${label} taken for ${answer} (${images})`, none: 'none', part: (shown: string, all: string) => `; the ${shown} of ${all} classes that take part in most mistakes` },
  reliability: { title: 'Calibration', caption: 'accuracy over confidence, both in %; grey: perfect; dots as large as their share of images', says: (error: string) => `Accuracy by confidence. Expected calibration error ${error} points.` },
};

const ja: typeof en = {
  seeds: (n) => `シード${n}個`,
  arms: {
    title: '条件', caption: '検証精度（%）。棒：95 % 区間（シードに対する t 分布）。細い線：各シード', captionWilson: '検証精度（%）。棒：画像に対する 95 % 区間（Wilson、シード 1 個）',
    says: (rows) => `各条件の検証精度と 95 % 区間。${rows}`, row: (arm, mean, interval, n) => `${arm}：${mean}${interval === null ? '' : `、95 % 区間 ${interval}`}、n = ${n}。`,
  },
  effects: {
    title: '効果', caption: (margin) => `検証精度の差（ポイント、条件 − 基準）。棒：95 % 区間（Holm）。灰色の帯：±${margin} 以内、問題にしない差`,
    says: (rows) => `条件間の差と 95 % 区間。${rows}`, row: (what, at, difference, interval) => `${what}${at && `、${at}`}：${difference}${interval === null ? '、区間なし' : `、${interval}`}。`, none: 'まだ比較できるものがありません。',
  },
  interaction: { title: '交互作用', caption: '検証 %、95 % 区間', says: (first, second) => `${second}ごとの検証精度。線は${first}の水準です。平行でない線は、一方が他方に依存することを意味します。`, at: (levels) => `他の要因は ${levels}` },
  curves: {
    title: 'エポックごとの検証精度', caption: '%、シードの平均。帯：最低から最高のシードまで', dashed: (level) => `。破線：${level}`, says: (rows) => `エポックごとの検証精度。シードの平均と範囲。${rows}`, row: (arm, value, epoch) => `${arm}：${epoch}エポック後 ${value}。`,
  },
  learning: { title: '訓練と検証', caption: '%、シードの平均と範囲。実線：検証。破線：拡張なしの訓練画像。点線：拡張した訓練画像', says: '条件ごとに、拡張なしの訓練画像・拡張した訓練画像・検証画像での精度をエポックごとに示します。', epochs: (n) => `${n}エポック` },
  time: { title: '精度と学習時間', caption: '最終エポックの検証 %、横軸は学習時間（秒）。線で結んだもの：速さと精度の両方で他に負けない条件', says: (front) => `学習時間と最終エポックの検証精度。速さと精度の両方で上回る条件がないもの：${front}。`, none: '時間のある条件はまだありません。', axis: '秒' },
  confusion: { title: '混同行列', caption: '行：正しいクラス。列：答え。行に対する %', says: (rows) => `混同行列。多い間違い：${rows}。`, row: (label, answer, images) => `${label}を${answer}と答えた（${images}）`, none: 'なし', part: (shown, all) => `。全${all}クラスのうち、間違いの多い${shown}クラス` },
  reliability: { title: '較正', caption: '確信度に対する精度（いずれも %）。灰色：完全な較正。点の大きさは画像の割合', says: (error) => `確信度ごとの精度。期待較正誤差 ${error} ポイント。` },
};

export const figureWords: Readonly<Record<Locale, typeof en>> = { en, ja };
