import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

// What the documents point at has to be there.
const project = join(import.meta.dirname, '../..');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: project, encoding: 'utf8' }).trim().split('\n');
const known = new Set(files.flatMap((file) => file.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'))));
const documents = files.filter((file) => file.endsWith('.md')).map((file) => ({ file, text: readFileSync(join(project, file), 'utf8') }));
const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** A heading as its anchor: as GitHub makes it. */
const anchors = (text: string) => [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!.toLowerCase().replace(/[^\p{L}\p{N}\- ]/gu, '').replaceAll(' ', '-'));

it('every relative link leads to a file, and to a heading where it names one', () => {
  const dead = documents.flatMap(({ file, text }) => [...text.replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
    if (/^[a-z]+:/.test(link!)) return [];
    const [path, heading] = link!.split('#') as [string, string | undefined];
    const target = path === '' ? file : normalize(join(dirname(file), path)).replace(/\/$/, '');
    const there = known.has(target) && (heading === undefined || anchors(readFileSync(join(project, target), 'utf8')).includes(heading));
    return there ? [] : [`${file}: ${link}`];
  }));
  expect(documents.length).toBeGreaterThan(90);
  expect(dead).toEqual([]);
});

it('every source that a document names is there', () => {
  const gone = documents.flatMap(({ file, text }) => [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:tsx?|vue|py|mjs|cjs))`/g)].flatMap(([, path]) => (files.some((one) => one === path || one.endsWith(`/${path}`)) ? [] : [`${file}: ${path}`])));
  expect(gone).toEqual([]);
});

it('every script that a document calls is one of the package, and every decision that it cites is written down', () => {
  const unknown = documents.flatMap(({ file, text }) => [...text.matchAll(/npm run (?:--silent )?([a-z]\w*(?::\w+)*)/g)].flatMap(([, name]) => (Object.hasOwn(scripts, name!) ? [] : [`${file}: npm run ${name}`])));
  expect(unknown).toEqual([]);
  const decisions = new Set(files.flatMap((file) => /^docs\/decisions\/(\d{3})-/.exec(file)?.[1] ?? []));
  const missing = documents.flatMap(({ file, text }) => [...text.matchAll(/\bdecisions? (\d{3})\b/g)].flatMap(([, number]) => (decisions.has(number!) ? [] : [`${file}: decision ${number}`])));
  expect(missing).toEqual([]);
});
