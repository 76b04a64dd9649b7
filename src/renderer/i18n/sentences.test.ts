import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ja } from './ja';
import { japaneseSentences } from './japaneseSentences';
import { inJapanese, said, saidError } from './sentences';

const source = join(import.meta.dirname, '..', '..');
/** Rooms whose errors reach the window; contracts between processes of the app itself are told by their code. */
const rooms = ['library', 'data', 'engine/loop', 'engine/checkpoint', 'engine/probe', 'trainer/host', 'system', 'main', 'weights', 'interchange', 'export', 'download', 'runtime'];
const sourceFiles = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test)\.ts$/.test(name)).map((name) => join(folder, name));

/** The texts that an expression can come to; what is put in at run time stands as "X9". */
function texts(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  if (ts.isParenthesizedExpression(node)) return texts(node.expression);
  if (!ts.isTemplateExpression(node)) return [];
  return node.templateSpans.reduce<string[]>((heads, span) => {
    const inner = texts(span.expression);
    return heads.flatMap((head) => (inner.length > 0 ? inner : ['X9']).map((part) => head + part + span.literal.text));
  }, [node.head.text]);
}

/** What the doctor and the errors say, as written in the sources: messages, remedies, values and notes of checks. */
function sentences(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isPropertyAssignment(node) && ['message', 'remedy'].includes(node.name.getText())) found.push(...texts(node.initializer));
    if (ts.isCallExpression(node) && ['passed', 'failed', 'warning', 'notRun'].includes(node.expression.getText())) found.push(...node.arguments.slice(1).flatMap(texts));
    if (ts.isCallExpression(node) && node.expression.getText() === 'problem') found.push(...node.arguments.slice(0, 2).flatMap(texts));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

/** Figures, names and paths alone need no words. */
const wordless = (text: string) => !/[a-z]{3}/.test(text.replaceAll('X9', '')) || /^(Linux x64|Electron|Node|Chrome|Wayland|X11|X9 \d|X9 MB|X9 ms)/.test(text);

describe('sentences of other processes in Japanese', () => {
  it('are known for every message, remedy and finding in the sources', () => {
    const missing = rooms.flatMap((room) => sourceFiles(join(source, room))).filter((file) => !/words\.ts$|register\.ts$/.test(file))
      .flatMap((file) => sentences(file).filter((text) => !wordless(text) && inJapanese(text) === null).map((text) => `${file.slice(source.length + 1)}: ${text}`));
    expect(missing).toEqual([]);
  });
  it('of a fault just after memory was refused, alone and explained', () => {
    const fault = 'The training process was ended by SIGSEGV just after memory had been refused to it, most likely for want of memory. What was recorded before, and its last checkpoint, are kept.';
    expect(inJapanese(fault)).toMatch(/SIGSEGV で終わりました。おそらくメモリ不足です/);
    expect(inJapanese(`Training on 64 images at once did not fit into memory, of which 1.2 GB were free. ${fault}`)).toMatch(/^一度に 64枚の学習はメモリ（空き 1\.2 GB）.*SIGSEGV/);
  });
  it('keep what was put in', () => {
    const letters = (text: string) => [...text.matchAll(/\{(\w)\}/g)].map((match) => match[1]!).sort();
    for (const [english, japanese] of japaneseSentences) expect(letters(japanese), english).toEqual(letters(english));
  });
  it('say figures, names and nested sentences', () => {
    expect(inJapanese('There is an NVIDIA GPU, but its driver is not loaded, so nothing can use it. The CPU is used meanwhile.')).toBe('NVIDIA GPU がありますが、ドライバーが読み込まれていないため使えません。その間は CPU を使います。');
    expect(inJapanese('Only 1.2 GB are free where the library lies (/データ/my lib).')).toBe('library のある場所（/データ/my lib）の空きが 1.2 GB しかありません。');
    expect(inJapanese('No checkpoint of the run a-1 can be used. The newest: Checkpoint 40 of the run a-1 is damaged: state.bin has 3 bytes instead of 9.'))
      .toBe('実行 a-1 には使えるチェックポイントがありません。最新のもの：実行 a-1 のチェックポイント 40 が破損しています：state.bin（9 バイトのはずが 3 バイトです）。');
    expect(said('NVIDIA GeForce RTX 4090', 'ja')).toBe('NVIDIA GeForce RTX 4090');
  });
  it('leave English as it is, and tell an unknown one by its code with the original kept', () => {
    const t = (key: string, values: Record<string, string> = {}) => {
      const text = key.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], ja) as string;
      return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
    };
    const error = { code: 'internal', message: 'x is not a function', remedy: 'Look.' } as const;
    expect(saidError(error, 'en', t)).toEqual({ message: 'x is not a function', remedy: 'Look.', original: null });
    expect(saidError(error, 'ja', t)).toMatchObject({ message: expect.stringContaining(ja.errors.internal) as string, original: 'x is not a function Look.' });
    expect(saidError({ code: 'config-invalid', message: 'The config cannot be used:\n  epochs: must be at least 1, not 0\n  data: cifar10 has 9 images for training and validation, which is too few for 8 and 5' }, 'ja', t).message)
      .toMatch(/^この設定は使えません。\nepochs：.*1.*\ndata：cifar10 の学習用と検証用の画像は合わせて 9枚/s);
  });
});
