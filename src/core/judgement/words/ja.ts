import type { Caveat, Comparison, Contrast, LeftOut, PairingProblem, SimpleContrast } from '../comparison';
import { decimal, percent, pValue, signed, whole } from '../../text/format';
import { armName, fieldName, levelName } from '../../text/names';
import type { ComparisonWords } from './contract';
import { armOf, bounds, contrastsOf, decisive, hull, isClearInteraction, isDecided, mostPlaces, plain, saidAgainst, simpleOf, size, sizes, unmeasured } from './shared';

const level = (field: string, value: Contrast['level']) => levelName(field, value, 'ja');
const arm = (comparison: Pick<Comparison, 'arms'>, key: string) => armOf(comparison, key, 'ja');
const list = (words: readonly string[]) => words.join(words.length > 2 ? '、' : 'と');
const names = (fields: readonly string[]) => list(fields.map((field) => fieldName(field, 'ja')));
/** A word before Japanese: a space after Latin letters and digits only. */
const spaced = (word: string) => (/[\x21-\x7e]$/.test(word) ? `${word} ` : word);
const at = (contrast: Contrast) => { const where = armName(contrast.at, 'ja'); return where ? `${spaced(where)}では` : ''; };
const arms = (comparison: Comparison, keys: readonly string[]) => list(keys.map((key) => `「${arm(comparison, key)}」`));

/** 「1.72 ポイント上がります（95 % 区間 1.40〜2.05）」 */
function effect(contrast: Contrast, first: boolean): string {
  const lost = (contrast.differencePoints ?? 0) < 0;
  const interval = decisive(contrast);
  const [low, high] = interval ? bounds(interval, lost) : [];
  return `${size(contrast.differencePoints)} ポイント${lost ? '下がります' : '上がります'}${interval ? `（${first ? '95 % 区間 ' : ''}${low}〜${high}）` : ''}`;
}

const overLevel = (one: SimpleContrast) => `${spaced(level(one.factor, one.against))}と比べて `;

/** 「により 1.72 ポイント上がります（95 % 区間 1.40〜2.05）」; of many places the range. */
function brings(comparison: Comparison, contrasts: readonly SimpleContrast[]): string {
  const [first] = contrasts as [SimpleContrast];
  if (contrasts.length > mostPlaces) {
    const lost = (first.differencePoints ?? 0) < 0;
    return `により、ほかの要因の ${contrasts.length}通りのどれでも ${sizes(contrasts).join('〜')} ポイント${lost ? '下がります' : '上がります'}（95 % 区間はすべて ${bounds(hull(contrasts), lost).join('〜')} の中）`;
  }
  const against = contrasts.length === 1 && saidAgainst(comparison, first) ? overLevel(first) : '';
  const said = contrasts.map((one, i) => { const where = at(one); return `${where && `${where} `}${against}${effect(one, i === 0)}`; });
  return `により${at(first) || against ? '、' : ' '}${said.join('、')}`;
}

/** What was planned and has no value: what is said does not hold for it. */
function withoutValue(comparison: Comparison): string {
  const keys = unmeasured(comparison);
  return keys.length === 0 ? '' : keys.length > mostPlaces ? `${keys.length}条件には値がありません。` : `${arms(comparison, keys)}には値がありません。`;
}

const answers: { readonly [K in Comparison['answer']['kind']]: (comparison: Comparison, answer: Comparison['answer'] & { kind: K }) => string } = {
  running: (_, { done, planned }) => `実行中です（${planned}回のうち ${done}回が完了）。数値は暫定で、計画が終わるまで判定しません。`,
  confounded: (comparison, { arms: pair, fields, differencePoints }) =>
    `この比較では原因を特定できません。${names(fields)}が同時に変わっています。${differencePoints === null ? '' : `${arms(comparison, pair)}の差 ${signed(differencePoints)} ポイントは、どれか一つによるものかもしれず、逆向きの効果が重なったものかもしれません。`}`,
  undetermined: (comparison, { reason, contrasts, n, seedsNeeded }) => {
    const [first] = contrastsOf(comparison, contrasts);
    switch (reason) {
      case 'one-arm': return 'まだ分かりません。条件が一つしかなく、比べる相手がありません。';
      case 'no-contrast': return 'まだ分かりません。比べられる二つの条件がありません。';
      case 'one-seed': return `まだ分かりません。${comparison.arms.every((one) => one.n < 2) ? '各条件 1回の実行では' : '片方の条件が 1回の実行では'}、${first && contrasts.length === 1 ? `${signed(first.differencePoints)} ポイントの差` : '差'}をシードによる偶然と区別できません（n = 1）。`;
      case 'too-few-seeds': {
        const more = seedsNeeded === null ? null : seedsNeeded - n;
        const settled = more !== null && more > 0 ? `シードを ${more}個増やすと、${plain(comparison.marginPoints)} ポイントの差をおよそ10回中8回見つけられます。` : '';
        const figures = first && contrasts.length === 1 ? `、${signed(first.differencePoints)} ポイント${range(first)}` : '';
        return `まだ分かりません。シードが少なすぎて判定できません（n = ${n}${figures}）。${settled}`;
      }
    }
  },
  better: (comparison, answer) => `はい。${spaced(level(answer.factor, answer.level))}${brings(comparison, simpleOf(comparison, answer.contrasts))}。`,
  worse: (comparison, answer) => `いいえ。${spaced(level(answer.factor, answer.level))}${brings(comparison, simpleOf(comparison, answer.contrasts))}。`,
  same: (comparison, answer) => {
    const contrasts = simpleOf(comparison, answer.contrasts);
    const margin = plain(comparison.marginPoints);
    const [first] = contrasts as [SimpleContrast];
    const between = saidAgainst(comparison, first) ? `${spaced(level(first.factor, first.level))}と${spaced(level(first.factor, first.against))}の間に` : '';
    if (contrasts.length === 1) return `${at(first)}${between}問題になる差はありません：${signed(first.differencePoints)}${range(first)}、±${margin} 以内です。`;
    const { low, high } = hull(contrasts);
    return `${fieldName(answer.factor, 'ja')}の水準の間に問題になる差はありません：どの区間（${signed(low)}〜${signed(high)}）も ±${margin} 以内です。`;
  },
  depends: (comparison, answer) => {
    const [high, low] = simpleOf(comparison, answer.contrasts) as [SimpleContrast, SimpleContrast];
    const [first, second] = (low.differencePoints ?? 0) > (high.differencePoints ?? 0) ? [low, high] : [high, low];
    const only = (first.differencePoints ?? 0) > 0 && first.verdict === 'better' && (second.verdict === 'same' || second.verdict === 'worse');
    const where = (one: SimpleContrast) => level(answer.on, one.at[answer.on]!);
    const subject = `${spaced(level(answer.factor, answer.level))}により`;
    return `${only ? `はい。ただし${spaced(where(first))}のときだけです。` : '条件によります。'}${spaced(where(first))}では ${subject} ${effect(first, true)}${tail(first)}。${spaced(where(second))}では ${effect(second, false)}${tail(second)}。`;
  },
  best: (comparison, { arm: best, notToldFrom }) => {
    const mean = comparison.arms.find(({ key }) => key === best)?.validation.mean ?? null;
    const opening = `最も良いのは${arms(comparison, [best])}で、${percent(mean)} です。`;
    return notToldFrom.length === 0 ? `${opening}${unmeasured(comparison).length > 0 ? '値のある' : ''}ほかの条件はどれも明らかに下回ります。` : `${opening}ただし${arms(comparison, notToldFrom)}とは区別できません。`;
  },
};

const tail = ({ verdict }: Contrast) => (verdict === 'undetermined' ? '（シードが少なすぎて判定できません）' : verdict === 'same' ? '（問題になる差ではありません）' : '');

const range = (contrast: Contrast) => { const interval = decisive(contrast); return interval ? `（${signed(interval.low)}〜${signed(interval.high)}）` : ''; };

const leftOut: Readonly<Record<LeftOut, string>> = {
  'not-completed': '未完了', 'no-value': '検証精度なし', given: '外部の結果', 'same-seed': '同じシードの二度目の実行',
  'other-data-revision': '別のデータのリビジョン', 'other-split': '別の分割', 'other-epochs-recorded': '記録されたエポックが計画と異なる',
};

const notPaired: Readonly<Record<PairingProblem, string>> = {
  'no-common-seeds': '共通のシードが二つ未満です', 'other-data-revision': '異なるデータのリビジョンで測られています', 'other-split': '異なる分割で測られています',
};

function caveat(comparison: Comparison, one: Caveat): string {
  switch (one.kind) {
    case 'given-results': return `${arms(comparison, one.arms)}は外部の結果で、数値だけがあり実行はありません。ほかの項目（${names(one.unknownFields.slice(0, 4))}など ${one.unknownFields.length}項目）は不明です。対にも数にも入れません。`;
    case 'starting-weights-suspected': return `${one.epochs}エポックで ${percent(one.accuracy)} は、ゼロからの学習では届きません（ここでは ${decimal(one.fromScratch.low * 100, 0)}〜${decimal(one.fromScratch.high * 100, 0)} %）。「${arm(comparison, one.arm)}」の初期重みは学習済みだったと考えられます。`;
    case 'train-measured-on-augmented': return `${arms(comparison, one.arms)}の訓練精度は拡張後の画像で測られています。元の画像での精度とは別の量で、ギャップにはなりません。`;
    case 'epochs-stretch-schedule': return 'エポックを増やすとスケジュールも伸び、学習率が下がるのが遅くなります。ステップ数とスケジュールの効果は分けられていません。';
    case 'not-paired': return `対になった比較ではありません。${notPaired[one.reason]}。独立な標本として比べるため、確かさは下がります。`;
    case 'runs-left-out': return `${one.count}回の実行を除きました：${one.reasons.map((reason) => leftOut[reason]).join('、')}。${one.failed.length === 0 ? '' : `${arms(comparison, one.failed)}には失敗した実行があり、残った実行は実際より良く見えるかもしれません。`}`;
    case 'environment-differs': return `実行の環境が異なります：${names(one.fields)}。${comparison.contrasts.every(({ paired }) => paired) ? 'どの条件にも同じように影響します。' : 'シードで対になっていない条件への影響は、同じとは限りません。'}`;
    case 'asked-and-done-differ': return `指定と実際が異なります：${names(one.fields)}。`;
    case 'exclude-lists-differ': {
      const { low, high } = one.validationImages;
      return `${arms(comparison, one.arms)}では、ほかの実行が使う画像を除いています。${low === high ? `検証画像はどれも${whole(low)}枚ですが、同じ画像とは限りません` : `検証画像は${whole(low)}〜${whole(high)}枚で、同じ画像ではありません`}。テストの値はどの条件でもテスト画像すべてに対するものです。`;
    }
    case 'learning-rate-not-tuned': return '学習率はどの条件でも同じで、条件ごとに調整していません。最適な値は条件によって違うかもしれません。';
    case 'search-chose': return `${one.trials}回の試行から、この検証画像で最も良いものを選びました。選んだぶん精度は高めに出ます。`;
  }
}

const contrastName = (contrast: Contrast) => {
  const versus = `${level(contrast.factor, contrast.against)} → ${level(contrast.factor, contrast.level)}`;
  const where = armName(contrast.at, 'ja');
  const suffix = where ? `（${where}）` : '';
  return contrast.kind === 'simple' ? `${versus}${suffix}` : `（${versus}）×（${level(contrast.other, contrast.otherAgainst)} → ${level(contrast.other, contrast.otherLevel)}）${suffix}`;
};

const verdict: ComparisonWords['verdict'] = ({ verdict: word, n, kind, provisional = false }) =>
  provisional ? '暫定' : isClearInteraction({ kind, verdict: word }) ? '0 を含まない' : ({ better: '上回る', worse: '下回る', same: '問題になる差はない', undetermined: n >= 2 ? 'シードが少なすぎて判定できない' : `判定できない：n = ${n}` })[word];

function contrastSentence(contrast: Contrast): string {
  if (contrast.differencePoints === null) return `${contrastName(contrast)}：まだ測られていません。`;
  const p = contrast.pAdjusted === null ? '' : `、Holm 補正後 p ${contrast.pAdjusted < 0.001 ? '' : '= '}${pValue(contrast.pAdjusted)}`;
  const figures = `${signed(contrast.differencePoints)} ポイント${range(contrast)}${p}`;
  const unpaired = contrast.unpairedReason ? `。対になっていません（${notPaired[contrast.unpairedReason]}）` : '';
  if (contrast.kind === 'simple') return `${contrastName(contrast)}：${figures}。${verdict(contrast)}${unpaired}。`;
  return `${spaced(level(contrast.other, contrast.otherAgainst))}と比べて${spaced(level(contrast.other, contrast.otherLevel))}では、${spaced(level(contrast.factor, contrast.level))}の効果が${contrast.differencePoints >= 0 ? '大きく' : '小さく'}なります：${figures}。${isClearInteraction(contrast) ? '区間は 0 を含まない' : verdict(contrast)}${unpaired}。`;
}

const fitKind: ComparisonWords['fitKind'] = (kind) => ({ overfitting: '過学習', underfitting: '学習不足', balanced: '釣り合っている', unknown: '不明' })[kind];

const fit: ComparisonWords['fit'] = ({ fit: reading, plainTrain, validation }) => {
  const { kind, gapPoints, gapTrendPoints, validationPeakEpoch, epochs, lostSincePeakPoints, stillGainingPoints } = reading;
  if (kind === 'unknown') return '過学習・学習不足は読み取れません。元の訓練画像での精度が測られていません。';
  const trend = gapTrendPoints === null || Math.abs(gapTrendPoints) < 0.05 ? '' : `、最後の三分の一で ${decimal(Math.abs(gapTrendPoints), 1)} ポイント${gapTrendPoints > 0 ? '拡大' : '縮小'}`;
  const peak = lostSincePeakPoints !== null && lostSincePeakPoints >= 0.05 ? `検証精度は ${epochs}エポックのうち ${validationPeakEpoch}エポックで最高になり、その後 ${decimal(lostSincePeakPoints, 1)} ポイント下がりました。`
    : stillGainingPoints !== null && Math.abs(stillGainingPoints) >= 0.05 ? `検証精度は最後の三分の一で ${decimal(Math.abs(stillGainingPoints), 1)} ポイント${stillGainingPoints > 0 ? '上がりました' : '下がりました'}。` : '';
  return `${fitKind(kind)}：元の訓練画像で ${percent(plainTrain?.mean, 1)}、検証で ${percent(validation.mean, 1)}、ギャップ ${decimal(gapPoints, 1)} ポイント${trend}。${peak}`;
};

/** Japanese sentences. */
export const ja: ComparisonWords = {
  answer: (comparison) => (answers[comparison.answer.kind] as (comparison: Comparison, answer: Comparison['answer']) => string)(comparison, comparison.answer) + (isDecided(comparison) ? withoutValue(comparison) : ''),
  contrast: contrastSentence, verdict, fit, fitKind, contrastName, arm, level, caveat,
  confound: (comparison, { arms: pair, causes, environment, follows }) =>
    `${arms(comparison, pair)}では${names([...causes, ...environment])}が異なります${follows.length > 0 ? `（${names(follows)}はそれに伴うものです）` : ''}。差をどれか一つのせいにはできません。`,
  leftOut: (reason) => leftOut[reason], notPaired: (reason) => notPaired[reason],
};
