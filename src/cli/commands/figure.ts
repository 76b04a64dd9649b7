import { readPredictions } from '../../core/predictions/reading';
import { calibrationTable, classesTable, confusionTable } from '../../core/predictions/tables';
import {
  armsDrawing, confusionDrawing, curvesFigure, effectsDrawing, figureIds, interactionFigure, learningFigure, lightTheme as theme, predictionFigureIds, reliabilityFigure, timeFigure, type Drawing, type Figure, type FigureId,
} from '../../core/figures';
import type { Comparison } from '../../core/judgement/comparison';
import { comparisonTable, predictionTableIds, tableIds, toCsv, toHtml, toLatex, toMarkdown, type Table } from '../../core/tables';
import type { Locale } from '../../core/text/format';
import { storedPredictions } from '../../report/storedPredictions';
import type { CommandContext } from '../command';
import { comparisonOf, localeOf } from '../comparisonOf';
import { checkedOut, writeOut } from '../outFile';
import { answer, answerJson, exits, usage } from '../output';

const figures = [...figureIds, ...predictionFigureIds];
export const tables = [...tableIds, ...predictionTableIds];
const tableFormats = ['csv', 'latex', 'markdown', 'html'] as const;

export const figureUsage = 'figure RUN|EXPERIMENT… --figure NAME --out FILE [--format svg|png] [--language en|ja] [--force]';

/** One of `known`, or a usage error that names them. */
function oneOf<T extends string>(option: string, given: string | undefined, known: readonly T[]): T {
  if (given !== undefined && (known as readonly string[]).includes(given)) return given as T;
  throw usage(`${option} must be one of ${known.join(', ')}${given === undefined ? '' : `, not ${given}`}`);
}

/** compare … --table NAME: the table on stdout, or in a file. */
export async function printTable({ library, json, positionals, options }: CommandContext, comparison: Comparison): Promise<number> {
  const id = oneOf('--table', options.table, tables);
  const locale = localeOf(options.language);
  const table = (predictionTableIds as readonly string[]).includes(id)
    ? await predictionTable(library, id as (typeof predictionTableIds)[number], comparison, locale)
    : comparisonTable(id as (typeof tableIds)[number], comparison, locale);
  if (json) {
    answerJson({ schemaVersion: 1, ...table });
    return exits.done;
  }
  const format = oneOf('--format', options.format ?? 'csv', tableFormats);
  const content = { csv: toCsv, latex: toLatex, markdown: toMarkdown, html: toHtml }[format](table, locale);
  if (options.out === undefined) process.stdout.write(content.endsWith('\n') ? content : `${content}\n`);
  else {
    const path = await checkedOut(options.out, options.force ?? false);
    answer(`${path}: ${await writeOut(path, content)} bytes, ${positionals.join(' ')}`);
  }
  return exits.done;
}

async function predictionTable(library: string, id: (typeof predictionTableIds)[number], comparison: Comparison, locale: Locale): Promise<Table> {
  const predictions = await predictionsOfOne(library, comparison, `--table ${id}`);
  const reading = readPredictions(predictions);
  switch (id) {
    case 'classes': return classesTable(reading, locale);
    case 'confusion': return confusionTable(predictions.classes, reading, locale);
    case 'calibration': return calibrationTable(reading, locale);
  }
}

/** Such tables and charts are of one network: a mean over runs is no network's. */
async function predictionsOfOne(library: string, comparison: Comparison, what: string) {
  const runs = comparison.arms.flatMap((arm) => arm.runs.flatMap(({ runId }) => runId ?? []));
  const [runId] = runs;
  if (runId === undefined || runs.length > 1) throw usage(`${what} is of one run: name one.`);
  const predictions = await storedPredictions(library, runId);
  if (!predictions) throw usage(`The run "${runId}" has no stored predictions. Compute them: cultivar evaluate ${runId}`);
  return predictions;
}

/** figure RUN|EXPERIMENT…: one chart as a file. */
export async function figure({ library, json, positionals, options }: CommandContext): Promise<number> {
  if (positionals.length === 0 || !options.out) throw usage(`usage: cultivar ${figureUsage}`);
  const id = oneOf('--figure', options.figure, figures);
  const format = oneOf('--format', options.format ?? (options.out.toLowerCase().endsWith('.png') ? 'png' : 'svg'), ['svg', 'png'] as const);
  const path = await checkedOut(options.out, options.force ?? false);
  const comparison = await comparisonOf(library, positionals);
  const drawn = await drawnFigure(library, id, comparison, localeOf(options.language));
  if (!drawn) throw usage(`There is no ${id} chart of this: it needs values for two levels of each of two factors.`);
  const { figureSvg } = await import('../../report/chart');
  const svg = figureSvg(drawn);
  const bytes = await writeOut(path, format === 'svg' ? svg : await png(svg, drawn.width));
  if (json) answerJson({ schemaVersion: 1, path, bytes, figure: id, format, title: drawn.title, caption: drawn.caption, description: drawn.description, width: drawn.width, height: drawn.height });
  else answer(`${path}: ${(bytes / 1e3).toFixed(0)} kB`);
  return exits.done;
}

async function drawnFigure(library: string, id: FigureId, comparison: Comparison, locale: Locale): Promise<Figure | Drawing | null> {
  const of = { theme, locale, width: 760, height: 320 };
  switch (id) {
    case 'arms': return armsDrawing(comparison, of);
    case 'effects': return effectsDrawing(comparison, of);
    case 'interaction': return interactionFigure(comparison, { ...of, width: 480 });
    case 'curves': return curvesFigure(comparison, of);
    case 'learning': return learningFigure(comparison, of);
    case 'time': return timeFigure(comparison, of);
    case 'confusion': {
      const predictions = await predictionsOfOne(library, comparison, `--figure ${id}`);
      return confusionDrawing({ classes: predictions.classes, confusion: readPredictions(predictions).confusion }, of);
    }
    case 'reliability': return reliabilityFigure(readPredictions(await predictionsOfOne(library, comparison, `--figure ${id}`)), { ...of, width: 420, height: 360 });
  }
}

/** Three pixels a point, on white: sharp in print. */
async function png(svg: string, width: number): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(svg), { density: 216 }).flatten({ background: '#ffffff' }).resize({ width: Math.round(width * 3) }).png().toBuffer();
}
