import type { Command } from '../command';
import { archive } from './archive';
import { metrics } from './interchange';
import { predict } from './predict';
import { weights } from './weights';

/** Models and runs that come, go and answer. */
export const interchangeCommands: Readonly<Record<string, Command>> = {
  predict: { usage: 'predict RUN|EXPORT IMAGES... [--top K] [--fit crop|squash|pad] [--weights raw|ema]', does: 'classes of image files', options: ['top', 'fit', 'weights'], run: predict },
  weights: { usage: 'weights FILE [--model M] [--stem S] [--classes N]', does: 'what a file of weights holds, and whether a run can start from it', options: ['model', 'stem', 'classes'], run: weights },
  archive: { usage: 'archive RUN|EXPERIMENT --out FILE.zip [--no-checkpoints] | archive import FILE [--as-new]', does: 'runs that travel, with every file\'s hash', options: ['out', 'no-checkpoints', 'as-new'], run: archive },
  metrics: { usage: 'metrics RUN|EXPERIMENT --format csv|json|tensorboard|mlflow --out PATH', does: 'every metric, for other programs', options: ['format', 'out'], run: metrics },
};

/** Their options, for `parseArgs`. */
export const interchangeOptions = {
  model: { type: 'string' }, stem: { type: 'string' }, classes: { type: 'string' }, 'no-checkpoints': { type: 'boolean' }, 'as-new': { type: 'boolean' }, top: { type: 'string' }, fit: { type: 'string' }, weights: { type: 'string' },
} as const;
