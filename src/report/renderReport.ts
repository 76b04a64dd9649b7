import { createHash } from 'node:crypto';
import { comparisonWords } from '../core/judgement/words';
import { whole } from '../core/text/format';
import { displayDate } from './date';
import type { ReportData } from './data';
import { e, name, paragraph } from './html';
import { reportWords, type ReportWords } from './words';
import { curvesSection, imagewiseSection, learningSection, timeSection } from './sections/curves';
import { predictionSections } from './sections/predictions';
import { augmentationSection, cardSection, configsSection, dataSection, differencesSection, environmentSection, reproduceSection, runsSection, testSection } from './sections/provenance';
import { armsSection, effectsSection, interactionAndLimits } from './sections/summary';
import { reportStyle } from './style';

/**
 * The report as one HTML document. It holds all it shows: no scripts, no requests, no inline styles; its policy forbids everything but its
 * own style sheet, known by its hash, and images that it carries itself. Every name from outside is escaped.
 */
export function renderReport(data: ReportData): string {
  const words = reportWords[data.locale];
  const styleHash = createHash('sha256').update(reportStyle).digest('base64');
  const title = titleOf(data);
  const sections = [
    armsSection, effectsSection, interactionAndLimits, curvesSection, learningSection, timeSection, imagewiseSection, predictionSections, augmentationSection, differencesSection, configsSection, runsSection,
    dataSection, environmentSection, testSection, reproduceSection, cardSection,
  ].map((part) => part(data, words)).join('');
  return `<!doctype html>
<html lang="${data.locale}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="Cultivar ${e(data.cultivarVersion)}"><meta name="referrer" content="no-referrer">
<title>${e(title)}</title>
<style>${reportStyle}</style></head>
<body>
${header(data, words, title)}
<main>
${sections}</main>
${footer(data, words)}
</body></html>
`;
}

const titleOf = ({ comparison: { subject } }: ReportData) => (subject.kind === 'experiment' && subject.question !== '' ? subject.question : subject.name);

function header(data: ReportData, words: ReportWords, title: string): string {
  const { comparison, locale, runs, experiment } = data;
  const { answer, subject } = comparison;
  const kind = subject.kind === 'experiment' ? words.kind.experiment : runs.length === 1 ? words.kind.one : words.kind.runs;
  const tone = answer.kind === 'confounded' ? ' confounded' : answer.kind === 'undetermined' || answer.kind === 'running' ? ' open' : '';
  const seeds = [...new Set(experiment?.seeds ?? runs.map(({ seed }) => seed))].sort((a, b) => a - b);
  const facts = [
    words.facts.runs(runs.length), seeds.length === 0 ? '' : words.facts.seeds(seeds.join(words.list), seeds.length),
    comparison.validationImages === null ? '' : words.facts.validation(whole(comparison.validationImages)),
    comparison.testOpenings.length === 0 ? words.facts.notOpened : words.facts.opened(words.times(comparison.testOpenings.length)),
  ].filter(Boolean);
  const present = Object.entries(words.parts).filter(([id]) => !(id === 'images' && comparison.imagewise.length === 0) && !(['calibration', 'worst'].includes(id) && 'missing' in data.predictions));
  return `<header><p class="quiet">${e(kind)}${words.list}${e(displayDate(data.writtenAt, locale))}</p>
<h1>${name(title)}</h1>
<p class="lead${tone}">${e(comparisonWords[locale].answer(comparison))}</p>
${leading(data).map((line) => paragraph(line, 'body')).join('')}<ul class="facts">${facts.map((fact) => `<li>${e(fact)}</li>`).join('')}</ul>
<nav aria-label="${e(words.contents)}">${present.map(([id, label]) => `<a href="#${id}">${e(label)}</a>`).join('')}</nav></header>`;
}

/** What carries the answer, said with its numbers: the contrasts that it rests on. */
function leading({ comparison, locale }: ReportData): string[] {
  const { answer, contrasts } = comparison;
  if (!('contrasts' in answer)) return [];
  const said = comparisonWords[locale];
  const rest = contrasts.filter(({ id, kind }) => answer.contrasts.includes(id) && (answer.kind === 'best' || kind === 'interaction')).slice(0, 3);
  return rest.length === 0 ? [] : [rest.map((one) => said.contrast(one)).join(locale === 'ja' ? '' : ' ')];
}

const leaf = '<svg class="leaf" viewBox="0 0 16 16" aria-hidden="true"><path d="M13.5 2.5C7 2 3 5 3 9.2c0 1.6.6 2.9 1.4 3.8C5 9.5 7 7 10 5.8 7.3 7.9 5.9 10.4 5.6 13.7c4.6 1 8.4-2.4 7.9-11.2z"/></svg>';

function footer({ cultivarVersion, runs, experiment, writtenAt, locale }: ReportData, words: ReportWords): string {
  const revisions = [...new Set(runs.map(({ revision }) => revision.slice(0, 7)))];
  const devices = [...new Set(runs.flatMap(({ environment }) => (environment ? [environment.deviceName] : [])))];
  const facts = [
    `${leaf} Cultivar ${e(cultivarVersion)}`, ...revisions.map((one) => `${e(words.facts.data)} <code>${e(one)}</code>`),
    experiment ? `${e(words.facts.plan)} <code>${experiment.hash.slice(0, 7)}</code>${words.list}${e(experiment.extended ? words.facts.planExtended : words.facts.planBefore)}` : '', e(devices.join(words.list)), e(words.written(displayDate(writtenAt, locale))),
  ].filter(Boolean);
  return `<footer>${facts.map((fact) => `<span>${fact}</span>`).join('')}</footer>`;
}
