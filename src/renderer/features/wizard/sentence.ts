import { isSearch } from '../../../core/judgement/power';
import { fieldName } from '../../../core/text/names';
import type { Locale } from '../../../core/text/format';
import type { Draft } from '../recipe/draft';
import { factorsOf } from './document';
import { rangesOf } from './search';
import { datasetName } from './datasetName';

/** A piece of the question: plain words, or the words of a factor. */
export interface SentencePart {
  readonly text: string;
  /** Field of the factor that these words stand for. */
  readonly field?: string;
}

/** English fields whose name takes an article or another form inside a sentence; Japanese ones stand as they are. */
const phrases: Readonly<Record<string, string>> = {
  epochs: 'the number of epochs', augmentation: 'augmentation', labelSmoothing: 'label smoothing',
  'data.trainImages': 'the number of training images', 'model.start': 'the choice of starting weights',
};
const bare = new Set(['optimizer.weightDecay', 'optimizer.momentum', 'optimizer.nesterov', 'optimizer.normalizeFilters', 'clipNorm', 'precision']);

/** Factors, then what a search draws. */
const variedFields = (document: Draft): string[] => [...factorsOf(document), ...(isSearch(document.design) ? rangesOf(document) : [])].map(({ field }) => field);

function phrase(field: string, locale: Locale): string {
  const name = fieldName(field, locale);
  if (locale === 'ja') return name;
  return phrases[field] ?? (name === field || bare.has(field) ? name : `the ${name}`);
}

/** Joins with commas and a last "and"; the separators are parts of their own. */
function list(parts: readonly SentencePart[], locale: Locale): SentencePart[] {
  const comma = locale === 'ja' ? '、' : ', ';
  const last = locale === 'ja' ? '、' : parts.length > 2 ? ', and ' : ' and ';
  return parts.flatMap((part, i) => (i === 0 ? [part] : [{ text: i === parts.length - 1 ? last : comma }, part]));
}

/**
 * The question that a design asks, from its factors. "On CIFAR-10, does augmentation change validation accuracy, and does that depend on the
 * number of epochs?" Search designs ask for the best setting.
 */
export function sentence(document: Draft, locale: Locale): SentencePart[] {
  const data = datasetName(document);
  const factors: SentencePart[] = variedFields(document).map((field) => ({ text: phrase(field, locale), field }));
  const text = (value: string): SentencePart => ({ text: value });
  const [first, second] = factors;
  const ja = locale === 'ja';
  const search = isSearch(document.design);
  if (!first) return [text(ja ? `${data} で、何を変えると検証精度が変わるか？` : `On ${data}, what changes validation accuracy?`)];
  if (search) {
    return ja
      ? [text(`${data} で、検証精度が最も高くなる`), ...list(factors, locale), text('はどれか？')]
      : [text(`On ${data}, which `), ...list(factors.map(({ text: words, field }) => ({ text: words.replace(/^the /, ''), field })), locale), text(factors.length > 1 ? ' give the best validation accuracy?' : ' gives the best validation accuracy?')];
  }
  if (!second) {
    return ja ? [text(`${data} で、`), first, text('によって検証精度は変わるか？')] : [text(`On ${data}, does `), first, text(' change validation accuracy?')];
  }
  if (document.design === 'one-at-a-time') {
    return ja
      ? [text(`${data} で、`), ...list(factors, locale), text('のうち、単独で検証精度を変えるのはどれか？')]
      : [text(`On ${data}, which of `), ...list(factors, locale), text(', each on its own, changes validation accuracy?')];
  }
  if (factors.length === 2) {
    return ja
      ? [text(`${data} で、`), first, text('によって検証精度は変わるか？ それは'), second, text('によって違うか？')]
      : [text(`On ${data}, does `), first, text(' change validation accuracy, and does that depend on '), second, text('?')];
  }
  const others = list(factors.slice(1), locale);
  return ja
    ? [text(`${data} で、`), first, text('によって検証精度は変わるか？ それは'), ...others, text('によって違うか？')]
    : [text(`On ${data}, does `), first, text(' change validation accuracy, and does that depend on '), ...others, text('?')];
}

export const sentenceText = (document: Draft, locale: Locale): string => sentence(document, locale).map(({ text }) => text).join('');

/** "Augmentation, epochs": the name of an experiment that was given none. */
export function automaticName(document: Draft, locale: Locale): string {
  const name = variedFields(document).map((field) => fieldName(field, locale)).join(locale === 'ja' ? '、' : ', ') || (locale === 'ja' ? '実験' : 'Experiment');
  return (name.charAt(0).toUpperCase() + name.slice(1)).slice(0, 200);
}
