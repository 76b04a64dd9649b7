import { augmentImage, Augmenter, mixesLabels, operations, Policy, trivialAugmentSpace } from '../../core/augmentation';
import { operationNames, type OperationName } from '../../core/augmentation/names';
import { labelText } from '../../core/inspection';
import { readImageFile } from '../../interchange/predict/images';
import type { CommandContext } from '../command';
import { localeOf } from '../comparisonOf';
import { checkedOut, writeOut } from '../outFile';
import { answer, answerJson, exits, usage } from '../output';
import { policyOf, whole } from './augmentOptions';

export const augmentFileUsage = 'augment --op NAME [--magnitude M] | --policy NAME|FILE.json [--seed N] [--epoch N], --input IMAGE --out FILE.png [--force]';

interface Applied {
  readonly out: Uint8Array;
  /** What was done, as the document has it and in words. */
  readonly done: Record<string, unknown>;
  readonly text: string;
}

/** augment --op NAME --magnitude M --input IMAGE --out FILE.png: one operation, or one draw of a policy, on an image file at its own size. */
export async function augmentFile({ json, options }: CommandContext): Promise<number> {
  const { op, policy, input } = options;
  if (!input || !options.out || (op === undefined) === (policy === undefined) || options.image !== undefined || options.draws !== undefined) throw usage(`usage: cultivar ${augmentFileUsage}`);
  if (op !== undefined && (options.seed !== undefined || options.epoch !== undefined)) throw usage('--op draws nothing: --seed and --epoch go with --policy');
  if (policy !== undefined && options.magnitude !== undefined) throw usage('--magnitude goes with --op: a policy draws its own');
  const path = await checkedOut(options.out, options.force ?? false);
  const apply = op !== undefined ? operationOf(op, options.magnitude) : await drawOf(options);
  const { width, height, pixels } = await readImageFile(input, input);
  const { out, done, text } = apply(pixels, { width, height });
  const { default: sharp } = await import('sharp');
  const bytes = await writeOut(path, await sharp(out, { raw: { width, height, channels: 3 } }).png({ compressionLevel: 9 }).toBuffer());
  if (json) answerJson({ schemaVersion: 1, path, bytes, input, width, height, ...done });
  else answer(`${text}\n${path}: ${width} × ${height}, ${(bytes / 1e3).toFixed(0)} kB`);
  return exits.done;
}

type Apply = (pixels: Uint8Array, size: { readonly width: number; readonly height: number }) => Applied;

/** torchvision's operation of a name at a magnitude, as its automatic policies apply it. */
function operationOf(given: string, magnitudeText: string | undefined): Apply {
  const name = operationNames.find((one) => one.toLowerCase() === given.toLowerCase());
  if (!name) throw usage(`--op must be one of ${operationNames.join(', ')}, not ${given}`);
  const magnitude = magnitudeOf(name, magnitudeText);
  return (pixels, size) => {
    const out = new Uint8Array(pixels.length);
    operations[name](pixels, out, size, magnitude ?? 0);
    return { out, done: { op: name, magnitude }, text: magnitude === null ? name : `${name} ${magnitude}` };
  };
}

/** Where a magnitude means nothing; others take any finite number. */
const limits: Readonly<Partial<Record<OperationName, readonly [least: number, most: number, whole: boolean]>>> = {
  Brightness: [-1, Infinity, false], Color: [-1, Infinity, false], Contrast: [-1, Infinity, false], Sharpness: [-1, Infinity, false], Posterize: [0, 8, true], Solarize: [0, 255, false],
};

/** Null for an operation without strength. */
function magnitudeOf(name: OperationName, text: string | undefined): number | null {
  const strengths = name === 'Invert' ? [] : trivialAugmentSpace().find((space) => space.name === name)!.magnitudes;
  if (strengths.length === 0) {
    if (text === undefined) return null;
    throw usage(`--magnitude: ${name} has no strength`);
  }
  const [least, most, mustBeWhole] = limits[name] ?? [-Infinity, Infinity, false];
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= least && value <= most && (!mustBeWhole || Number.isInteger(value))) return value;
  const range = least === -Infinity ? '' : most === Infinity ? ` from ${least}` : ` from ${least} to ${most}`;
  const far = [strengths[0]!, strengths.at(-1)!].map((one) => Number(one.toFixed(3))).join(' to ');
  throw usage(`--magnitude must be ${mustBeWhole ? 'a whole number' : 'a number'}${range} for ${name}, not ${text ?? 'left out'}; TrivialAugment draws ${far}, either sign where it has one`);
}

/** What training would feed of image 0 under a policy, at the file's own size. */
async function drawOf({ policy, seed: seedText, epoch: epochText, language }: CommandContext['options']): Promise<Apply> {
  const augmentation = await policyOf(policy!);
  if (mixesLabels(augmentation)) throw usage('--policy mixes images of a batch, and --input is one image: look at a run or a data set instead');
  const [seed, epoch, locale] = [seedText === undefined ? 1 : whole('seed', seedText, 0), epochText === undefined ? 1 : whole('epoch', epochText, 1), localeOf(language)];
  return (pixels, size) => {
    const out = new Uint8Array(pixels.length);
    const draws = augmentImage(new Policy(augmentation, size, seed), epoch, 0, new Augmenter(size), pixels, out);
    return { out, done: { policy: augmentation, seed, epoch, draws }, text: labelText({ draws, mix: null }, locale) || '–' };
  };
}
