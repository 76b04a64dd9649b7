import type { DatasetAudit, DuplicatePair, LabelAudit, SplitLeaks } from '../core/audit/types';
import { cultivarCommand } from '../library/command';
import { duration, percent, table } from './output';

const whole = (value: number) => value.toLocaleString('en-US');
const shownPairs = 20;

/** Exact pairs, and near ones up to a distance. */
export const pairsWithin = ({ pairs }: DatasetAudit, near: number): DuplicatePair[] => pairs.filter(({ kind, distance }) => kind === 'exact' || distance <= near);

/** What an audit found: numbers first, then the closest pairs. */
export function auditText(audit: DatasetAudit, near: number): string {
  const { counts, method, labels, classes, classCounts } = audit;
  const pairs = pairsWithin(audit, near);
  const isTest = (index: number) => index >= counts.train;
  const name = (index: number) => (isTest(index) ? `test ${whole(index - counts.train)}` : `training ${whole(index)}`);
  const across = pairs.filter(({ a, b }) => isTest(a) !== isTest(b));
  const equal = (some: readonly DuplicatePair[]) => some.filter(({ kind }) => kind === 'exact').length;
  const differ = pairs.filter(({ a, b }) => labels[a] !== labels[b]).length;
  const sizes = classCounts.train.filter((count) => count > 0);
  return [
    `${audit.datasetId}, revision ${audit.revision.slice(0, 12)}: ${whole(counts.train)} training and ${whole(counts.test)} test images, audited ${audit.createdAt.slice(0, 16).replace('T', ' ')} in ${duration(audit.elapsedMs)}.`,
    `${whole(new Set(across.map(({ b }) => b)).size)} test images have a twin among the training images: ${whole(across.length)} pairs, ${whole(equal(across))} of them equal.`,
    `${whole(pairs.filter(({ b }) => !isTest(b)).length)} pairs lie among the training images, ${whole(pairs.filter(({ a }) => isTest(a)).length)} among the test images; ${whole(equal(pairs))} of all ${whole(pairs.length)} pairs are equal, ${whole(differ)} bear two labels.`,
    method.near ? `Near means a distance of at most ${near} (--near, up to ${method.keptUpTo}).${method.near.images < counts.train + counts.test ? ` Near duplicates were looked for among ${whole(method.near.images)} images: every test image and an even part of the training images.` : ''}` : 'Only equal images were looked for.',
    audit.notComparedInFull.count > 0 ? `${whole(audit.notComparedInFull.count)} images have so many twins that not every pair is told.` : null,
    `${whole(audit.grey.count)} images are grey, ${whole(audit.constant.count)} of one colour, ${whole(audit.nearConstant.count)} nearly so.`,
    sizes.length > 0 ? `Training images a class: ${whole(Math.min(...sizes))} to ${whole(Math.max(...sizes))}.` : null,
    audit.pairsLeftOut > 0 ? `${whole(audit.pairsLeftOut)} more pairs, the farthest, are not kept.` : null,
    ...(pairs.length === 0 ? [] : ['', table([['closest pairs', '', 'distance', 'classes'], ...pairs.slice(0, shownPairs).map(({ a, b, distance, kind, mirrored }) => [name(a), name(b), `${kind === 'exact' ? 'equal' : distance.toFixed(3)}${mirrored ? ', mirrored' : ''}`, [...new Set([classes[labels[a]!]!, classes[labels[b]!]!])].join(' / ')])])]),
    pairs.length > shownPairs ? `and ${whole(pairs.length - shownPairs)} more; --json has them all.` : null,
  ].filter((line) => line !== null).join('\n');
}

/** Likely label errors, worst first. */
export function labelText({ runId, step, images, classes, noiseShare, issues }: LabelAudit): string {
  const name = (index: number) => classes[index] ?? `${index}`;
  return [
    `${whole(issues.length)} of ${whole(images)} validation images may bear a wrong label, by what the run ${runId} says of them after step ${whole(step)}; about ${percent(noiseShare)} of labels by the confident joint, the network's own mistakes among them.`,
    'They were not trained on. Training images are not judged: a network says of what it was trained on that it is right.',
    ...(issues.length === 0 ? [] : ['', table([['image', 'labelled', '', 'looks like', ''], ...issues.slice(0, shownPairs).map((issue) => [`training ${whole(issue.index)}`, name(issue.given), percent(issue.givenProbability), name(issue.suggested), percent(issue.suggestedProbability)])])]),
    issues.length > shownPairs ? `and ${whole(issues.length - shownPairs)} more; --json has them all.` : null,
  ].filter((line) => line !== null).join('\n');
}

/** What a plan says of twins between its splits. */
export function leaksText({ datasetId, audit, groups, pairs, excluded, threshold }: SplitLeaks): string {
  const names = { 'train-validation': 'validation images have a twin among the training images', 'train-test': 'test images have a twin among the training images', 'validation-test': 'test images have a twin among the validation images' } as const;
  const found = groups.filter(({ images }) => images > 0).map(({ between, exact, images }) => `${whole(images)} ${names[between]}${exact > 0 ? ` (${whole(exact)} equal)` : ''}`);
  const offer = `${cultivarCommand(`dataset audit ${datasetId}`)} looks for near ones.`;
  const example = pairs[0];
  return [
    audit === 'none' ? `Twins between splits: not looked for yet. ${offer}`
      : found.length > 0 ? `Twins between splits${threshold === null ? ', equal images alone' : ` up to a distance of ${threshold}`}: ${found.join('; ')}.${example ? ` The closest: images ${example.a} and ${example.b}.` : ''} They flatter every arm.${audit === 'exact' ? ` ${offer}` : ''}`
        : audit === 'exact' ? `No image is in two splits. ${offer}` : 'No image has a twin in another split.',
    excluded ? `The list "${excluded.list}" leaves out ${whole(excluded.images.train)} training and ${whole(excluded.images.validation)} validation images${excluded.images.test > 0 ? `; its ${whole(excluded.images.test)} test images stay in the test` : ''}.` : null,
  ].filter((line) => line !== null).join('\n');
}
