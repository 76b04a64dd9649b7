import type { EvaluationResult, EvaluationSplit } from '../../contracts/trainer';
import { readRun } from '../../library/runs';
import { recordTestOpening } from '../../library/testLedger';
import { evaluateOnce } from '../../trainer/host/evaluateOnce';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, percent, say, table, tellPassedOver, usage } from '../output';

/** evaluate RUN [--split validation|test] [--open-test]: the last checkpoint on plain images. */
export async function evaluate({ library, json, positionals, options }: CommandContext): Promise<number> {
  const [runId, ...rest] = positionals;
  if (!runId || rest.length > 0) throw usage('usage: cultivar evaluate RUN [--split validation|test] [--open-test]');
  const split = options.split ?? 'validation';
  if (!isSplit(split)) throw usage(`--split must be validation or test, not ${split}`);
  const { dataset, experimentId } = await readRun(library, runId);
  if (split === 'test' && !options['open-test']) {
    throw usage('The test set is for one last look, after every choice is made: each opening is recorded. With --open-test it is opened; without --split the validation images are used.');
  }
  const openings = split === 'test' ? await recordTestOpening(library, dataset.revision, { runId, experimentId, purpose: 'evaluate' }) : null;
  const { passedOver, ...result } = await evaluateOnce(library, runId, split);
  tellPassedOver(passedOver);
  if (result.gpuNotUsed) say(`The GPU is NOT used: ${result.gpuNotUsed}`);
  if (openings !== null) say(`The test set of this data revision has now been opened ${openings} ${openings === 1 ? 'time' : 'times'}.`);
  if (json) answerJson({ schemaVersion: 1, runId, ...result, testOpenings: openings });
  else answer(text(result));
  return exits.done;
}

const isSplit = (text: string): text is EvaluationSplit => text === 'validation' || text === 'test';

function text({ split, step, epochsDone, images, loss, accuracy, classes, confusion, device }: Omit<EvaluationResult, 'passedOver'>): string {
  const rows = classes.map((name, label) => {
    const row = confusion[label]!;
    const all = row.reduce((sum, count) => sum + count, 0);
    return [name, String(all), all === 0 ? '–' : percent(row[label]! / all)];
  });
  return [
    `${split} accuracy ${percent(accuracy)}, loss ${loss.toFixed(4)}, on ${images} images; weights after step ${step} (${epochsDone} epochs), measured on the ${device.toUpperCase()}`,
    table([['class', 'images', 'right'], ...rows]),
  ].join('\n');
}
