import { basename } from 'node:path';
import { architectures, stems, stemsFor, type Architecture, type Stem } from '../../core/config/run';
import { matchWeights, planStart, type TensorShape, type WeightsMatch } from '../../core/model/matchWeights';
import { openWeights } from '../../weights/openWeights';
import { stateDict } from '../../weights/stateDict';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, usage } from '../output';

const usageLine = 'usage: cultivar weights FILE [--model resnet50] [--stem imagenet] [--classes 10]';

/** weights FILE: what a file of weights holds, and what of it fits a network. */
export async function weights({ json, positionals, options }: CommandContext): Promise<number> {
  const [path, ...rest] = positionals;
  if (!path || rest.length > 0) throw usage(usageLine);
  const asked = oneOf('--stem', options.stem ?? 'imagenet', stems);
  const classes = Number(options.classes ?? 10);
  if (!Number.isInteger(classes) || classes < 2) throw usage(`--classes must be a whole number of at least 2, not ${options.classes}`);
  const wanted = options.model === undefined ? architectures : [oneOf('--model', options.model, architectures)];
  const file = await openWeights(path);
  try {
    const { tensors, prefix, ignored } = stateDict(file);
    const { architecture, stem, match } = best(tensors, wanted, asked, classes);
    const fits = planStart(match, { stemMismatch: 'refuse', headMismatch: 'refuse' }).refused.length === 0;
    const startable = planStart(match, { stemMismatch: 'reinitialise', headMismatch: 'reinitialise' }).refused.length === 0;
    const types = [...new Set(tensors.map(({ type }) => type))];
    if (json) {
      answerJson({
        schemaVersion: 1, path, format: file.format, prefix, types, tensors: tensors.map(({ name, shape, type }) => ({ name, shape, type })), ignored,
        network: { architecture, stem, classes }, fits, startable, ...match,
      });
    } else answer(text({ path, format: file.format, prefix, types, ignored, tensors, network: `${architecture}, ${stem} stem, ${classes} classes`, fits, startable, match }));
    // Asked about one network by name, the answer is the exit code too.
    return options.model === undefined || startable ? exits.done : exits.failed;
  } finally {
    await file.close();
  }
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  if (!(allowed as readonly string[]).includes(value)) throw usage(`${option} must be ${allowed.join(', ')}, not ${value}`);
  return value as T;
}

/** Of the networks asked about, the one that the file fits best; one without that stem with its usual one. */
function best(tensors: readonly TensorShape[], wanted: readonly Architecture[], asked: Stem, classes: number): { architecture: Architecture; stem: Stem; match: WeightsMatch } {
  const misfits = ({ missing, unexpected, otherShape }: WeightsMatch) => missing.length + unexpected.length + otherShape.length;
  const stemOf = (architecture: Architecture) => (stemsFor(architecture).includes(asked) ? asked : stemsFor(architecture)[0]!);
  return wanted.map((architecture) => ({ architecture, stem: stemOf(architecture), match: matchWeights(tensors, { architecture, stem: stemOf(architecture), classes }) }))
    .reduce((a, b) => (misfits(b.match) < misfits(a.match) ? b : a));
}

interface Told {
  readonly path: string;
  readonly format: string;
  readonly prefix: string;
  readonly types: readonly string[];
  readonly ignored: readonly string[];
  readonly tensors: readonly TensorShape[];
  readonly network: string;
  readonly fits: boolean;
  readonly startable: boolean;
  readonly match: WeightsMatch;
}

function text({ path, format, prefix, types, ignored, tensors, network, fits, startable, match: { matched, missing, unexpected, otherShape } }: Told): string {
  const shape = (sizes: readonly number[]) => `[${sizes.join(', ')}]`;
  const list = (head: string, lines: readonly string[]) => (lines.length === 0 ? [] : [`${head}: ${lines.length}`, ...lines.slice(0, 12).map((line) => `  ${line}`), ...(lines.length > 12 ? [`  and ${lines.length - 12} more`] : [])]);
  return [
    `${basename(path)}: ${format}, ${tensors.length} tensors of ${types.join(' and ')}${prefix ? `, under the prefix ${prefix}` : ''}${ignored.length > 0 ? `; ${ignored.length} without real numbers are not used` : ''}`,
    `Beside ${network}: ${matched.length} of ${matched.length + missing.length + otherShape.length} tensors match`,
    ...list('Of another shape', otherShape.map(({ name, shape: found, wanted }) => `${name} ${shape(found)}, wanted ${shape(wanted)}`)),
    ...list('Missing', missing.map(({ name, shape: wanted }) => `${name} ${shape(wanted)}`)),
    ...list('Unknown to the network', unexpected.map(({ name, shape: found }) => `${name} ${shape(found)}`)),
    fits ? 'A run can start from it as it is.' : startable ? 'A run can start from it once the parts that differ are initialised anew ("stemMismatch" or "headMismatch": "reinitialise").' : 'No run of this network can start from it.',
  ].join('\n');
}
