import { metricsFormats, type MetricsFormat } from '../../contracts/calls/interchange';
import { writeMetrics } from '../../interchange/metrics/writeMetrics';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, usage } from '../output';

/** metrics RUN|EXPERIMENT --format csv|json|tensorboard|mlflow --out PATH: every figure, for other programs. */
export async function metrics({ library, json, positionals, options }: CommandContext): Promise<number> {
  const [id, ...rest] = positionals;
  if (!id || rest.length > 0 || !options.out) throw usage('usage: cultivar metrics RUN|EXPERIMENT --format csv|json|tensorboard|mlflow --out PATH');
  const format = options.format ?? 'csv';
  if (!(metricsFormats as readonly string[]).includes(format)) throw usage(`--format must be ${metricsFormats.join(', ')}, not ${format}`);
  const { path, runs } = await writeMetrics(library, id, format as MetricsFormat, options.out);
  if (json) answerJson({ schemaVersion: 1, path, format, runs });
  else answer([`${path}: every metric of ${runs} ${runs === 1 ? 'run' : 'runs'}`, ...shownBy(format as MetricsFormat, path)].join('\n'));
  return exits.done;
}

function shownBy(format: MetricsFormat, path: string): string[] {
  switch (format) {
    case 'tensorboard': return [`  tensorboard --logdir ${JSON.stringify(path)}`];
    case 'mlflow': return [`  mlflow ui --backend-store-uri ${JSON.stringify(path)}`];
    default: return [];
  }
}
