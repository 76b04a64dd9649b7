import type { CultivarErrorData } from '../../contracts/errors';
import type { Locale } from './format';
import { japaneseSentences } from './japaneseSentences';
import { problemText } from './problems';

interface Form {
  readonly pattern: RegExp;
  readonly japanese: string;
  readonly names: readonly string[];
}

const formsOf = (): readonly Form[] => japaneseSentences.map(([english, japanese]) => ({
  pattern: new RegExp(`^${english.replace(/[.*+?^$()|[\]\\/-]/g, '\\$&').replace(/\{\w\}/g, '(.+?)')}$`, 's'),
  japanese,
  names: [...english.matchAll(/\{(\w)\}/g)].map((match) => match[1]!),
}));
/** Made when the first sentence is asked for: hundreds of patterns, of which an English window needs none. */
let forms: readonly Form[] | null = null;

/** A sentence that another process said in English, in Japanese with its figures and names; null where it is not known. */
export function inJapanese(text: string): string | null {
  for (const { pattern, japanese, names } of (forms ??= formsOf())) {
    const match = pattern.exec(text);
    if (!match) continue;
    const parts = new Map(names.map((name, i) => [name, match[i + 1]!]));
    return japanese.replace(/\{(\w)\}/g, (whole, name: string) => {
      const part = parts.get(name);
      return part === undefined ? whole : (inJapanese(part) ?? part);
    });
  }
  return null;
}

type Translate = (key: string, values?: Record<string, string>) => string;

/** A text of another process in the window's language, or as it came where there is no translation. */
export const said = (text: string, locale: Locale): string => (locale === 'ja' ? (inJapanese(text) ?? text) : text);

export interface SaidError {
  readonly message: string;
  readonly remedy: string | null;
  /** The original words, where those above are a translation; null where they are the same. */
  readonly original: string | null;
}

/** What an error says, in the window's language. One whose sentence is not known is told by its code, with the original beside it. */
export function saidError({ code, message, remedy }: CultivarErrorData, locale: Locale, t: Translate): SaidError {
  if (locale === 'en') return { message, remedy: remedy ?? null, original: null };
  const translated = code === 'config-invalid' ? configProblems(message, t) : inJapanese(message);
  return {
    message: translated ?? t('errorText.unknown', { title: t(`errors.${code}`) }),
    remedy: remedy === undefined ? null : (inJapanese(remedy) ?? t('errorText.remedy')),
    original: remedy === undefined ? message : `${message} ${remedy}`,
  };
}

/** "The config cannot be used:" and a line a problem, each "field: what is wrong". */
function configProblems(message: string, t: Translate): string | null {
  const [head, ...lines] = message.split('\n');
  if (lines.length === 0) return inJapanese(message);
  const problems = lines.map((line) => {
    const [, field = '', what = line] = /^\s*([\w.]+): (.*)$/s.exec(line) ?? [];
    const { key, values } = problemText(what);
    const text = inJapanese(what) ?? t(key, values);
    return field ? `${field}：${text}` : text;
  });
  return inJapanese(`${head}\n${problems.join('\n')}`);
}
