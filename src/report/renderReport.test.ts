import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../core/judgement/compareRuns';
import type { ComparisonInput } from '../core/judgement/comparisonInput';
import { hostileName, sampleComparison } from '../core/figures/testing/sample';
import { renderReport } from './renderReport';
import { sampleReport } from './testing';
import { reportWords } from './words';

const locales = ['en', 'ja'] as const;
const elements = (html: string) => [...html.matchAll(/<(\/?)([a-zA-Z0-9]+)((?:[^>"']|"[^"]*"|'[^']*')*)>/g)].map(([, close, name, attributes]) => ({ close: close === '/', name: name!.toLowerCase(), attributes: attributes! }));
const empty = new Set(['meta', 'br', 'img', 'rect', 'circle', 'line', 'path']);

/** The first element that is closed where it should not be, or never; null where all are. */
function misnested(html: string): string | null {
  const open: string[] = [];
  for (const { close, name, attributes } of elements(html.replace(/^<!doctype html>/, ''))) {
    if (close) {
      if (empty.has(name) && open.at(-1) !== name) continue;
      if (open.pop() !== name) return name;
    } else if (!attributes.trimEnd().endsWith('/') && !['meta', 'br', 'img'].includes(name)) open.push(name);
  }
  return open.at(-1) ?? null;
}

describe.each(locales)('the whole report (%s)', (locale) => {
  const html = renderReport(sampleReport({ locale }));
  it('has every part, in order, with its title', () => {
    const ids = [...html.matchAll(/<section id="([a-z]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual(['arms', 'effects', 'interaction', 'limits', 'curves', 'learning', 'time', 'images', 'confusion', 'classes', 'calibration', 'worst', 'augmentation', 'differences', 'configs', 'runs', 'data', 'environment', 'test', 'reproduce', 'card']);
    for (const [, id] of html.matchAll(/<a href="#([a-z]+)"/g)) expect(ids).toContain(id);
    for (const title of Object.values(reportWords[locale].parts)) expect(html).toContain(title);
    expect(/.{0,80}(?:undefined|NaN|\[object|null%).{0,40}/.exec(html.replace(/base64,[^"]*/g, ''))).toBeNull();
  });
  it('is well formed', () => { expect(misnested(html)).toBeNull(); });
  it('runs nothing, asks for nothing, and its policy knows its one style sheet', () => {
    expect(/<(?:script|link|iframe|object|embed|form|base)\b/i.exec(html)).toBeNull();
    for (const { name, attributes } of elements(html)) {
      expect(attributes, `${name}${attributes}`).not.toMatch(/\s(style|on\w+)=/i);
      for (const [, url] of attributes.matchAll(/\s(?:src|href|xlink:href|action|poster|srcset)="([^"]*)"/g)) expect(url!.slice(0, 40)).toMatch(/^(#|data:(image\/png|text\/csv|application\/json);base64,)/);
    }
    expect(/.{0,80}(?:url\((?!#)|@import)/.exec(html)).toBeNull();
    const [, style] = /<style>([\s\S]*?)<\/style>/.exec(html)!;
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(html).toContain(`content="default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style!).digest('base64')}'; base-uri 'none'; form-action 'none'"`);
  });
  it('says the answer before anything else, and its interval', () => {
    const text = html.slice(html.indexOf('<h1>')).replace(/<[^>]+>/g, ' ');
    expect(text.indexOf('1.72')).toBeLessThan(text.indexOf('79.36'));
    expect(text.indexOf('1.72')).toBeGreaterThan(0);
  });
  it('every chart has a sentence for those who do not see it', () => {
    const charts = elements(html).filter(({ name, close, attributes }) => name === 'svg' && !close && !attributes.includes('aria-hidden'));
    expect(charts.length).toBeGreaterThan(8);
    for (const { attributes } of charts) expect(attributes).toMatch(/role="img" [\s\S]*?aria-label="[^"]{10,}"|aria-label="[^"]{10,}"[\s\S]*?role="img"/);
  });
});

it('escapes every name from outside', () => {
  const comparison = sampleComparison();
  const hostile = sampleComparison({
    subject: { kind: 'experiment', experimentId: 'x', name: hostileName, question: hostileName, createdAt: '2026-11-24T09:00:00.000Z' },
    factors: [{ field: hostileName, levels: [hostileName, 'b'] }],
    arms: comparison.arms.map((arm, i) => ({ ...arm, levels: { [hostileName]: i === 0 ? hostileName : 'b' }, runs: arm.runs.map((run) => ({ ...run, name: hostileName })) })),
    testOpenings: [{ at: '2026-11-24T09:00:00.000Z', runId: 'x', purpose: hostileName }],
  });
  const plain = sampleReport({}, hostile);
  const data = sampleReport({
    cultivarVersion: hostileName, command: hostileName, experiment: { ...plain.experiment!, file: hostileName },
    runs: plain.runs.map((run) => ({ ...run, name: hostileName, failure: hostileName, warnings: [hostileName], environment: { ...run.environment!, deviceName: hostileName, gpuNotUsed: hostileName, commit: hostileName } })),
    dataset: { ...plain.dataset!, manifest: { ...plain.dataset!.manifest, name: hostileName, classes: [hostileName, 'b'], source: { name: hostileName, reference: hostileName, integrity: hostileName, licence: hostileName } } },
    predictions: { ...(plain.predictions as Extract<typeof plain.predictions, { classes: unknown }>), classes: [hostileName, 'b'], without: [{ runId: 'x', message: hostileName }] },
    unreadable: [{ runId: hostileName, error: { code: 'run-damaged', message: hostileName } }],
  }, hostile);
  for (const locale of locales) {
    const html = renderReport({ ...data, locale });
    expect(html).not.toMatch(/<script/i);
    expect(html).toContain('&lt;script&gt;');
    expect(misnested(html)).toBeNull();
    for (const { attributes } of elements(html)) expect(attributes).not.toMatch(/\son\w+=|<|\u202E(?![^"]*")/);
  }
});

describe('parts that cannot be filled say why', () => {
  it.each([['no-run', 'No run has ended'], ['not-stored', 'have not been computed']] as const)('predictions: %s', (kind, said) => {
    const html = renderReport(sampleReport({ predictions: { missing: { kind } } }));
    expect(html).toContain(said);
    expect(html.includes('<pre>cultivar report sample-abc123 --out report.html</pre>\n') || kind === 'no-run' || html.split('cultivar report sample-abc123').length > 2).toBe(true);
    for (const [, id] of html.matchAll(/<a href="#([a-z]+)"/g)) expect(html).toContain(`<section id="${id}"`);
  });
  it('a failure by its message, a data set that is gone, a single arm', () => {
    expect(renderReport(sampleReport({ predictions: { missing: { kind: 'failed', message: 'The checkpoint is damaged.' } } }))).toContain('could not be computed: The checkpoint is damaged.');
    expect(renderReport(sampleReport({ dataset: null, augmentation: [] }))).toContain('no longer holds this data set');
    const { arms } = sampleComparison();
    const one = sampleComparison({ arms: [{ ...arms[0]!, runs: [arms[0]!.runs[0]!], n: 1, levels: {} }], factors: [], contrasts: [], factorial: null, imagewise: [], differences: [], answer: { kind: 'undetermined', reason: 'one-arm', contrasts: [], n: 1, seedsNeeded: null } });
    const html = renderReport(sampleReport({ experiment: null }, { ...one, subject: { kind: 'runs', runIds: ['run-none-5-1'], name: 'none, 5, seed 1' } }));
    expect(html).toContain('Report of a run');
    expect(html).toContain('there is no effect to state');
    expect(html).toContain('Undetermined');
    expect(misnested(html)).toBeNull();
  });
});

const given = (levels: Record<string, string | number>, trainAccuracy: number, validationAccuracy: number): ComparisonInput['runs'][number] => ({
  runId: null, name: 'the write-up', armKey: null, seed: null, status: 'given', config: null, surroundings: null, epochs: [], predictions: null, given: { levels, trainAccuracy, trainMeasuredOn: 'unknown', validationAccuracy, source: 'the write-up' },
});

it.each(locales)('given results alone: confounded, undetermined, no interval and no config (%s)', (locale) => {
  const comparison = compareRuns({
    subject: { kind: 'experiment', experimentId: 'x', name: 'A write-up', question: 'Did the augmentation help?', createdAt: '2026-11-24T09:00:00.000Z' }, marginPoints: 0.5,
    design: {
      factors: [{ field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] }, { field: 'epochs', levels: [5, 20] }], seeds: [],
      arms: [{ key: 'a', levels: { augmentation: 'none', epochs: 5 } }, { key: 'b', levels: { augmentation: 'crop-flip-trivialaugment', epochs: 20 } }], plannedRuns: 0, trials: null,
    } as NonNullable<ComparisonInput['design']>,
    runs: [given({ augmentation: 'none', epochs: 5 }, 0.9271, 0.7939), given({ augmentation: 'crop-flip-trivialaugment', epochs: 20 }, 0.7337, 0.8334)], testOpenings: [],
  });
  const html = renderReport(sampleReport({ locale, runs: [], dataset: null, augmentation: [], predictions: { missing: { kind: 'no-run' } } }, comparison));
  expect(html).toContain('class="lead confounded"');
  expect(html).toContain('79.39');
  expect(html).not.toMatch(/±&nbsp;|± \d|undefined|NaN/);
  expect(misnested(html)).toBeNull();
});

it('class names that are written from the right keep to themselves in a sentence', () => {
  const data = sampleReport();
  const predictions = data.predictions as Extract<typeof data.predictions, { classes: unknown }>;
  const classes = ['قطة', 'dog\u202E'];
  const html = renderReport({ ...data, predictions: { ...predictions, classes, arms: predictions.arms.map((arm) => ({ ...arm, classes })) } });
  expect(html).toContain('\u2068قطة\u2069 taken for dog (50.0 %)');
});

it('effects averaged over other factors say that they are not adjusted', () => {
  for (const locale of locales) expect(renderReport(sampleReport({ locale }))).toContain(reportWords[locale].effects.alone);
});

it('while runs wait the figures stand and no verdict is said', () => {
  const html = renderReport(sampleReport({}, sampleComparison({ answer: { kind: 'running', done: 7, planned: 18 } })));
  expect(html).toContain('Running, 7 of 18');
  expect(html).toContain('class="lead open"');
});

it('prints: pages are A4, rows and charts are not torn, navigation stays away', () => {
  const html = renderReport(sampleReport());
  expect(html).toMatch(/@page \{ size: A4/);
  expect(html).toMatch(/tr, figure[^{]*\{ break-inside: avoid/);
  expect(html).toMatch(/nav, \.save \{ display: none/);
});
