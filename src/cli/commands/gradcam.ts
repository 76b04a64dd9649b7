import { mkdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { CultivarError } from '../../contracts/errors';
import { explainFiles } from '../../interchange/explain/explainImages';
import { heatPicture } from '../../interchange/explain/heatPicture';
import { expandImagePaths, fits, type Fit } from '../../interchange/predict/images';
import { openRunPredictor } from '../../interchange/predict/runPredictor';
import { writeFileAtomic } from '../../library/atomic';
import type { CommandContext } from '../command';
import { answer, answerJson, exits, percent, say, tellPassedOver, usage } from '../output';

export const gradcamUsage = `gradcam RUN IMAGES... --out DIR [--class NAME] [--fit ${fits.join('|')}] [--force]`;

/** gradcam RUN IMAGES... --out DIR: where in each image the logit of a class comes from, as a picture and as numbers. */
export async function gradcam({ library, json, positionals: [runId, ...given], options }: CommandContext): Promise<number> {
  if (!runId || given.length === 0 || !options.out) throw usage(`usage: cultivar ${gradcamUsage}`);
  const fit = options.fit ?? 'crop';
  if (!(fits as readonly string[]).includes(fit)) throw usage(`--fit must be ${fits.join(', ')}, not ${fit}`);
  const files = await expandImagePaths(given);
  const out = await folderFor(options.out, options.force ?? false);
  const predictor = await openRunPredictor(library, runId);
  try {
    tellPassedOver(predictor.passedOver);
    const chosen = options.class === undefined ? 'predicted' : predictor.classes.indexOf(options.class);
    if (chosen === -1) throw usage(`--class: ${options.class} is none of ${predictor.classes.join(', ')}`);
    await mkdir(out, { recursive: true });
    const names = namesFor(files);
    const told = [];
    for await (const image of explainFiles(predictor, files.map((path) => ({ name: path, source: path })), { fit: fit as Fit, chosen })) {
      if ('error' in image) {
        say(image.error.message);
        told.push(image);
        continue;
      }
      const picture = join(out, names[told.length]!);
      await writeFileAtomic(picture, heatPicture(image));
      const { name, top, explained, mapSize, map } = image;
      told.push({ name, picture, top, explained, mapSize, map: [...map] });
      if (!json) answer(`${name}: ${explained.label} (${percent(top.find(({ index }) => index === explained.index)?.probability ?? 0)}) → ${picture}`);
    }
    const document = { schemaVersion: 1, runId, step: predictor.step, epochsDone: predictor.epochsDone, images: told };
    await writeFileAtomic(join(out, 'gradcam.json'), `${JSON.stringify(document)}\n`);
    if (json) answerJson(document);
    const sizes = told.flatMap((image) => ('error' in image ? [] : [image.mapSize]));
    if (sizes.some(([height, width]) => height * width === 1)) say('The last maps of this network are one pixel for images of this size: its Grad-CAM says how much, and nothing of where.');
    return told.some((image) => 'error' in image) ? exits.failed : exits.done;
  } finally {
    await predictor.close();
  }
}

/** @throws CultivarError destination-exists */
async function folderFor(given: string, force: boolean): Promise<string> {
  const out = resolve(given);
  const found = await stat(out).catch(() => null);
  if (found && !found.isDirectory()) throw usage(`--out: ${out} is a file; name a folder`);
  if (found && !force && (await stat(join(out, 'gradcam.json')).catch(() => null))) throw new CultivarError({ code: 'destination-exists', message: `${out} holds pictures of an earlier call.`, remedy: 'Choose another folder, or replace them with --force.' });
  return out;
}

/** A picture's name for each image, no two the same. */
function namesFor(files: readonly string[]): string[] {
  const taken = new Set<string>();
  return files.map((path) => {
    const stem = basename(path, extname(path));
    let name = `${stem}.png`;
    for (let n = 2; taken.has(name); n++) name = `${stem}-${n}.png`;
    taken.add(name);
    return name;
  });
}
