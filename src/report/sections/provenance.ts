import type { Level } from '../../core/judgement/comparison';
import { comparisonWords } from '../../core/judgement/words';
import { armLabel, comparisonTable, toHtml } from '../../core/tables';
import { decimal, duration, whole, type Locale } from '../../core/text/format';
import { armName, fieldName, levelName, valueText } from '../../core/text/names';
import type { ReportData, ReportRun } from '../data';
import { absent, csvLink, definitions, e, list, name, paragraph, saveLink, section, withColumns } from '../html';
import type { ReportWords } from '../words';

export function augmentationSection({ augmentation, dataset, runs, locale }: ReportData, words: ReportWords): string {
  if (augmentation.length === 0) return section('augmentation', words.parts.augmentation, '', absent(runs.length === 0 ? words.augmentation.noRun : dataset === null ? words.augmentation.noData : words.augmentation.none));
  const strips = augmentation.map((strip) => {
    const label = levelName('augmentation', strip.augmentation as Level, locale);
    return `<figure><figcaption>${e(label)}</figcaption><img src="${strip.src}" width="${strip.width * 2}" height="${strip.height * 2}" alt="${e(label)}"></figure>`;
  });
  const [first] = augmentation;
  return section('augmentation', words.parts.augmentation, words.augmentation.caption(whole(first!.images), whole(first!.epochs), String(first!.seed)), strips.join(''));
}

export function differencesSection({ comparison, locale }: ReportData, words: ReportWords): string {
  const say = comparisonWords[locale];
  const table = comparisonTable('differences', comparison, locale);
  const confounds = comparison.confounds.map((one) => {
    const offered = one.offered.filter(({ exists }) => !exists).map(({ levels }) => words.quoted(armName(levels, locale)));
    return `${say.confound(comparison, one)}${offered.length === 0 ? '' : ` ${words.differences.offered(offered.join(words.list))}`}`;
  });
  const body = comparison.differences.length === 0 ? paragraph(words.differences.none) : `<div class="wide lined">${toHtml(table, locale)}</div>${paragraph(words.differences.same, 'note')}`;
  return section('differences', words.parts.differences, '', `<h3>${e(words.differences.table)}</h3>${body}<h3>${e(words.differences.confounds)}</h3>${confounds.length === 0 ? paragraph(words.differences.noConfounds) : list(confounds)}`, comparison.differences.length === 0 ? {} : { save: csvLink(table, words) });
}

/** Whole config of the reference arm, and what the others change in it. */
export function configsSection({ comparison, runs, locale }: ReportData, words: ReportWords): string {
  const first = runs[0];
  if (!first) return section('configs', words.parts.configs, '', absent(comparison.arms.some(({ given }) => given > 0) ? words.configs.given : words.configs.none));
  const causes = comparison.differences.filter(({ role }) => role === 'cause' || role === 'environment');
  const others = comparison.arms.filter(({ key }) => key !== first.armKey).map(({ key }) => {
    const changed = causes.filter(({ values }) => JSON.stringify(values[key]) !== JSON.stringify(values[first.armKey]))
      .map(({ field, values }) => `${fieldName(field, locale)} ${values[key] === 'unknown' ? words.unknown : values[key] === undefined ? '–' : valueText(field, values[key], locale)}`);
    return `<li>${name(armLabel(comparison, key, locale))}${words.colon}${e(changed.join(words.list) || '–')}</li>`;
  });
  return section('configs', words.parts.configs, words.configs.name,
    `<h3>${e(words.configs.reference(armLabel(comparison, first.armKey, locale)))}</h3><pre class="columns">${e(JSON.stringify(first.config, null, 1))}</pre>${others.length === 0 ? '' : `<h3>${e(words.configs.others)}</h3><ul>${others.join('')}</ul>`}`);
}

export function runsSection(data: ReportData, words: ReportWords): string {
  const { comparison, runs, unreadable, locale } = data;
  const table = comparisonTable('runs', comparison, locale);
  const shown = withColumns({ ...table, notes: [] }, ['run', 'arm', 'seed', 'state', 'counts', 'validation', 'epoch', 'best', 'train', 'trainSeconds']);
  // Runs of one experiment begin alike; the end of an id tells them apart.
  const short = { ...shown, rows: shown.rows.map(([id, ...rest]) => [typeof id === 'string' && runs.some((run) => run.id === id) ? `…${id.slice(-6)}` : id!, ...rest]) };
  const trials = comparison.caveats.some(({ kind }) => kind === 'search-chose');
  const sum = (of: (run: ReportRun) => number | null) => runs.reduce((total, run) => total + (of(run) ?? 0), 0);
  const told = [
    ...(trials ? [words.runs.search(whole(runs.length))] : []),
    ...(runs.length > 0 ? [words.runs.total(duration(sum(({ trainMs }) => trainMs), locale), duration(sum(({ wallMs }) => wallMs), locale))] : []),
    ...runs.flatMap((run) => [
      ...(run.failure === null ? [] : [words.runs.failed(run.id, run.failure)]), ...(run.resumes === 0 ? [] : [words.runs.resumed(run.id, words.times(run.resumes))]), ...run.warnings.map((warning) => words.runs.warned(run.id, warning)),
    ]),
    ...unreadable.map(({ runId, error }) => words.runs.unreadable(runId, error.message)),
  ];
  return section('runs', words.parts.runs, words.runs.caption, `<div class="wide">${toHtml(short, locale)}</div>${paragraph(words.runs.ids, 'note')}${list(told)}`, { save: csvLink(table, words) });
}

export function dataSection({ dataset, runs }: ReportData, words: ReportWords): string {
  const ids = [...new Set(runs.map(({ config, revision }) => `${config.data.dataset} ${revision.slice(0, 12)}`))];
  if (!dataset) return section('data', words.parts.data, '', absent(ids.length === 0 ? words.data.noRun : words.data.gone) + list(ids));
  const { manifest, split, classCounts } = dataset;
  const { source, image, counts } = manifest;
  return section('data', words.parts.data, '', definitions([
    [words.data.name, name(manifest.name)], [words.data.id, `<code>${e(manifest.id)}</code>`], [words.data.revision, `<code>${e(manifest.revision)}</code>`],
    [words.data.source, name(source.name)], [words.data.reference, name(source.reference)], [words.data.integrity, source.integrity === null ? '' : `<code>${e(source.integrity)}</code>`], [words.data.licence, name(source.licence)],
    [words.data.images, e(words.data.imagesValue(whole(counts.train), whole(counts.test), `${image.width} × ${image.height}`))],
    [words.data.split, split === null ? '' : e(words.data.splitValue(whole(split.train), whole(split.validation), String(split.seed)))],
    [words.data.classes, manifest.classes.map((one, i) => `${name(one)} <span class="quiet">${whole(classCounts[i])}</span>`).join(e(words.list))],
    [words.data.exclusions, manifest.exclusions.length === 0 ? e(words.data.none) : e(whole(manifest.exclusions.length))],
    [words.data.normalization, e(`${manifest.normalization.mean.map((one) => decimal(one, 4)).join(', ')}; ${manifest.normalization.deviation.map((one) => decimal(one, 4)).join(', ')}`)],
    [words.data.files, Object.entries(manifest.files).map(([file, { sha256 }]) => `<code>${e(`${file} ${sha256}`)}</code>`).join('<br>')],
  ]));
}

/** Runs that were made in the same surroundings share one block. */
export function environmentSection({ runs, locale }: ReportData, words: ReportWords): string {
  const groups = new Map<string, ReportRun[]>();
  for (const run of runs) {
    if (run.environment === null) continue;
    const surroundings = JSON.stringify([run.environment, run.config.precision, run.numericsVersion]);
    groups.set(surroundings, [...(groups.get(surroundings) ?? []), run]);
  }
  if (groups.size === 0) return section('environment', words.parts.environment, '', absent(words.environment.none));
  const blocks = [...groups.values()].map((group) => {
    const { environment, config, numericsVersion } = group[0]!;
    const { deviceName, device, gpuNotUsed, intraOpThreads, cultivar, tensorflow, node, electron, commit } = environment!;
    const times = group.flatMap(({ startedAt, endedAt }) => [startedAt, endedAt].filter((at): at is string => at !== null)).sort();
    const trained = group.flatMap(({ trainMs }) => (trainMs === null ? [] : [trainMs]));
    return `${groups.size > 1 ? `<h3>${e(words.environment.runs(group.length))}</h3>` : ''}${definitions([
      [words.environment.device, e(`${deviceName} (${device.toUpperCase()})`)], [words.environment.gpu, gpuNotUsed === null ? '' : e(gpuNotUsed)], [words.environment.threads, whole(intraOpThreads)], [words.environment.precision, e(config.precision)],
      [words.environment.versions, e(`Cultivar ${cultivar}, TensorFlow ${tensorflow}, Node ${node}${electron === null ? '' : `, Electron ${electron}`}`)], [words.environment.numerics, whole(numericsVersion)], [words.environment.commit, commit === null ? '' : `<code>${e(commit)}</code>`],
      [words.environment.ran, times.length < 2 ? '' : e(`${moment(times[0]!)} – ${moment(times.at(-1)!)}`)],
      [words.environment.duration, trained.length === 0 ? '' : e(trained.length === 1 ? duration(trained[0], locale) : `${duration(Math.min(...trained), locale)} – ${duration(Math.max(...trained), locale)}`)],
    ])}`;
  });
  return section('environment', words.parts.environment, words.environment.intro, blocks.join(''));
}

/** "2026-11-24 09:00 UTC": the same for every reader. */
const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

export function testSection({ comparison, locale }: ReportData, words: ReportWords): string {
  const { testOpenings } = comparison;
  if (testOpenings.length === 0) return section('test', words.parts.test, '', paragraph(words.test.never));
  return section('test', words.parts.test, '', paragraph(words.test.opened(words.times(testOpenings.length))) + toHtml(comparisonTable('openings', comparison, locale), locale) + testFigures(comparison, locale));
}

/** What was measured at the openings, each figure with the images it is of. */
function testFigures(comparison: ReportData['comparison'], locale: Locale): string {
  const table = comparisonTable('test', comparison, locale);
  return table.rows.length === 0 ? '' : `<h3>${e(table.title)}</h3><div class="wide">${toHtml(table, locale)}</div>`;
}

export function reproduceSection({ experiment, runs, comparison, command }: ReportData, words: ReportWords): string {
  const parts = experiment
    ? [
        paragraph(words.reproduce.experiment), `<pre>cultivar experiment ${e(experiment.id)}.json</pre>`,
        `<h3>${e(words.reproduce.file)} ${saveLink(`${experiment.id}.json`, 'application/json', experiment.file, words.reproduce.save)}</h3><pre class="columns">${e(experiment.file.trimEnd())}</pre>`,
        paragraph(`${words.reproduce.hash}${words.colon}${experiment.hash}`, 'note'),
      ]
    : runs.length > 0
      ? [paragraph(words.reproduce.runs), `<ul>${runs.map((run) => `<li><code>${e(run.id)}</code> ${saveLink(`${run.id}.json`, 'application/json', JSON.stringify(run.config, null, 2), words.reproduce.save)}</li>`).join('')}</ul>`]
      : [];
  const given = comparison.arms.some((arm) => arm.given > 0) ? paragraph(words.reproduce.given) : '';
  return section('reproduce', words.parts.reproduce, '', `${parts.join('')}${given}${paragraph(words.reproduce.again)}<pre>${e(command)}</pre>${paragraph(words.reproduce.seeds, 'note')}`);
}

export function cardSection({ comparison, runs, dataset, locale }: ReportData, words: ReportWords): string {
  const question = comparison.subject.kind === 'experiment' ? comparison.subject.question : '';
  const known = runs.some(({ parameterCount }) => parameterCount !== null) ? runs.filter(({ parameterCount }) => parameterCount !== null) : runs;
  const distinct = (of: (run: ReportRun) => string) => [...new Set(known.map(of))].join('; ');
  const results = comparison.arms.flatMap(({ key, validation, n }) => (validation.mean === null ? [] : [`${armLabel(comparison, key, locale)}${words.colon}${resultText(validation.mean, validation.interval ?? validation.overImages, n, locale)}`]));
  return section('card', words.parts.card, '', definitions([
    [words.card.details, e(distinct(({ config, parameterCount }) => words.card.detailsValue(valueText('model.architecture', config.model.architecture, locale), valueText('model.stem', config.model.stem, locale), parameterCount === null ? '' : whole(parameterCount))) || words.card.unknown)],
    [words.card.start, e(distinct(({ config }) => (typeof config.model.start === 'string' ? valueText('model.start', config.model.start, locale) : `${config.model.start.path} (${config.model.start.sha256 ?? words.unknown})`)) || words.card.unknown)],
    [words.card.intended, e(words.card.intendedValue(question))],
    [words.card.training, e(distinct(({ config }) => `${valueText('optimizer.kind', config.optimizer.kind, locale)}, ${valueText('schedule.kind', config.schedule.kind, locale)}, ${fieldName('schedule.learningRate', locale)} ${valueText('schedule.learningRate', config.schedule.learningRate, locale)}, ${config.optimizer.kind === 'muon' ? `${fieldName('optimizer.filterLearningRate', locale)} ${valueText('optimizer.filterLearningRate', config.optimizer.filterLearningRate, locale)}, ` : ''}${fieldName('batchSize', locale)} ${config.batchSize}, ${config.precision}`) || words.card.unknown)],
    [words.card.data, dataset ? `${name(dataset.manifest.name)}${dataset.split ? `, ${e(words.data.splitValue(whole(dataset.split.train), whole(dataset.split.validation), String(dataset.split.seed)))}` : ''}` : e(words.card.unknown)],
    [words.card.evaluation, comparison.validationImages === null ? e(words.card.unknown) : e(words.card.evaluationValue(whole(comparison.validationImages)))],
    [words.card.metrics, e(words.card.metricsValue)],
    [words.card.results, results.map(e).join('<br>') || '–'],
    [words.card.limits, e(words.card.limitsValue)],
    [words.card.ethics, dataset ? name(dataset.manifest.source.licence) : e(words.card.unknown)],
  ]), { classes: 'keep' });
}

function resultText(mean: number, interval: { readonly low: number; readonly high: number } | null, n: number, locale: Locale): string {
  const text = `${decimal(mean * 100, 2)} %`;
  const range = interval === null ? '' : locale === 'ja' ? `（95 % 区間 ${decimal(interval.low * 100, 2)}〜${decimal(interval.high * 100, 2)}、n = ${n}）` : ` (95 % interval ${decimal(interval.low * 100, 2)} to ${decimal(interval.high * 100, 2)}, n = ${n})`;
  return text + (range || (locale === 'ja' ? `（n = ${n}）` : ` (n = ${n})`));
}
