import type { ImportKind, ImportOptions, ImportPlan, ImportResult, ImportWarning } from '../../contracts/importing';
import { foldedWarnings } from '../../core/data/foldedWarnings';
import { duration } from '../output';

const kinds: Readonly<Record<ImportKind, string>> = {
  'class-folders': 'a folder a class', manifest: 'a list of files with labels', 'cifar10-binary': 'CIFAR-10, binary version', 'cifar10-python': 'CIFAR-10, Python version',
  'cifar100-binary': 'CIFAR-100, binary version', 'cifar100-python': 'CIFAR-100, Python version', idx: 'IDX files of MNIST\'s family', npz: 'arrays of NumPy', parquet: 'Parquet with image files inside',
};

const whole = (value: number) => value.toLocaleString('en-US');
const listed = (names: readonly string[], most = 8) => names.slice(0, most).join(', ') + (names.length > most ? `, and ${names.length - most} more` : '');

/** What was found, and what would be done with it, before work starts. */
export function planText(plan: ImportPlan, options: ImportOptions): string {
  const { counts, classes, classCounts, sides, commonSize } = plan;
  const images = counts.train + counts.validation + counts.test;
  const splits = [`${whole(counts.train)} for training`, counts.validation > 0 && `${whole(counts.validation)} for validation`, counts.test > 0 && `${whole(counts.test)} for testing`].filter(Boolean).join(', ');
  const each = classes.map((name, i) => { const own = classCounts[i]; return own ? `${name} ${whole(own.train + own.validation + own.test)}` : name; });
  const bytes = images * (options.side ?? 0) ** 2 * 3;
  return [
    `Found ${whole(images)} images in ${classes.length} classes (${kinds[plan.kind]}${plan.container === 'file' || plan.container === 'folder' ? '' : `, in a ${plan.container} archive`}): ${splits}.`,
    `Classes: ${listed(each)}.`,
    commonSize ? `Images are ${commonSize.width} × ${commonSize.height} pixels.` : sides ? `Shorter sides are ${sides.least} to ${sides.most} pixels, ${sides.median} in the middle (${sides.looked} looked at).` : null,
    plan.ignored > 0 ? `${whole(plan.ignored)} other files take no part.` : null,
    plan.quarantined.length > 0 ? `${whole(plan.quarantined.length)} entries cannot be used: ${listed(plan.quarantined.map(({ file, message }) => `${file} (${message})`), 3)}.` : null,
    counts.validation > 0 ? { pool: 'Its validation images join the training images, from which each run takes its own validation images; --validation changes that.', test: 'Its validation images become the test set.', 'leave-out': 'Its validation images are left out.' }[options.validation] : null,
    counts.test > 0 || (options.validation === 'test' && counts.validation > 0) ? 'The test set is given, and stays locked: no run is trained or validated on it.'
      : options.testPercent > 0 ? `No test set is given: ${options.testPercent} % of each class is set aside as one (seed ${options.seed}); --test 0 sets none aside.` : 'No test set is given, and none is set aside.',
    `Stored as "${options.name}" at ${options.side} × ${options.side} pixels (${options.fit}), ${whole(Math.ceil(bytes / 1e6))} MB${plan.msPerImage === null ? '' : `, in about ${duration(plan.msPerImage * images)} by one decoder`}.`,
    plan.unfinished ? `An earlier import was cut off after ${whole(plan.unfinished.done)} images; it goes on from there.` : null,
  ].filter(Boolean).join('\n');
}

export function resultText({ id, revision, outcome, counts, record, quarantined, report, elapsedMs, resumedAt }: ImportResult, { name }: ImportOptions): string {
  const how = { imported: 'imported', 'new-revision': 'imported as a new revision; runs keep the one they saw', same: 'the library has the same content already; nothing was changed' }[outcome];
  return [
    `${id} ("${name}"): ${how}. ${whole(counts.train)} training and ${whole(counts.test)} test images in ${duration(elapsedMs)}${resumedAt > 0 ? `, ${whole(resumedAt)} of them from before` : ''}; revision ${revision.slice(0, 12)}.`,
    ...warningTexts(record.warnings).map((text) => `- ${text}`),
    ...quarantined.slice(0, 10).map(({ file, message }) => `  ${file}: ${message}`),
    quarantined.length > 10 ? `  and ${whole(record.quarantined - 10)} more` : null,
    report ? `  Every one is listed in ${report}` : null,
  ].filter(Boolean).join('\n');
}

/** Those of many classes are told once. */
export const warningTexts = (warnings: readonly ImportWarning[]): string[] => foldedWarnings(warnings).map(({ more, ...warning }) => {
  if (more === 0) return warningText(warning);
  const { code, count, subject } = warning;
  return code === 'class-small' ? `${whole(more + 1)} classes have fewer than 20 training images; the fewest has ${subject}: ${whole(count)}.` : `${whole(more + 1)} classes have no test images, ${subject} among them.`;
});

function warningText({ code, count, subject }: ImportWarning): string {
  const n = whole(count);
  switch (code) {
    case 'validation-joined': return `${n} images of the validation folder joined the training images; each run takes its own validation images from them.`;
    case 'validation-left-out': return `${n} images of the validation folder were left out.`;
    case 'no-test': return 'There is no test set.';
    case 'test-drawn': return `${n} images were set aside as the test set.`;
    case 'class-small': return `${subject} has ${n} training images.`;
    case 'imbalance': return `${subject} has ${n} times as many training images as the smallest class.`;
    case 'grey': return `${n} images are grey; their three channels are equal.`;
    case 'transparent': return `${n} images have transparency, which was put on black.`;
    case 'turned': return `${n} images were turned as their camera says.`;
    case 'many-sizes': return `Images had ${n} sizes.`;
    case 'enlarged': return `Most images were smaller than what they are stored as.`;
    case 'quarantined': return `${n} files could not be used and take no part:`;
    case 'class-missing-in-test': return `${subject} has no test images.`;
    case 'not-images': return `${n} files beside the images took no part.`;
    case 'float-scaled': return 'Values from 0 to 1 were brought to whole numbers from 0 to 255.';
  }
}
