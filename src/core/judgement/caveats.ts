import type { Caveat, ComparedFactor, Confound, Contrast, Interval, LeftOut } from './comparison';
import type { JudgedRun } from './comparisonInput';
import { roleAmong, knownFields } from './armFields';
import type { CountedArm } from './counting';
import { flatFields, roleOf } from './fieldRoles';
import { sameLevel } from './level';
import { defaultRunConfig } from '../config/run';
import { stretches } from '../schedule/learningRate';

/**
 * Validation accuracy that training from scratch reaches in 5 epochs without augmentation: ImageNet-stem ResNet50, CIFAR-10, this program and
 * PyTorch alike (48–52 %, several seeds and learning rates). Ten points above it are out of reach.
 */
const scratch = { epochs: 5, reach: { low: 0.48, high: 0.52 }, beyond: 0.1 } as const;

/** Things that could mislead, the gravest first. */
export function collectCaveats(factors: readonly ComparedFactor[], arms: readonly CountedArm[], contrasts: readonly Contrast[], confounds: readonly Confound[]): Caveat[] {
  return [
    ...aboutGiven(arms), ...suspectedWeights(arms), ...aboutTraining(arms), ...leftOut(arms),
    ...[...new Set(contrasts.flatMap(({ unpairedReason }) => unpairedReason ?? []))].map((reason) => ({ kind: 'not-paired' as const, reason })),
    ...aboutSurroundings(factors, arms, confounds), ...aboutLists(arms), ...aboutFactors(factors, arms),
  ];
}

const givenOf = ({ runs }: CountedArm) => runs.flatMap(({ run }) => (run.given ? [run.given] : []));

function aboutGiven(arms: readonly CountedArm[]): Caveat[] {
  const given = arms.filter((arm) => givenOf(arm).length > 0);
  if (given.length === 0) return [];
  const said = given.flatMap((arm) => givenOf(arm).flatMap(({ levels }) => Object.keys(levels)));
  const unknownFields = Object.keys(flatFields(defaultRunConfig())).filter((field) => ['cause', 'environment'].includes(roleOf(field)) && !said.some((one) => field === one || field.startsWith(`${one}.`)));
  return [{ kind: 'given-results', arms: given.map(({ key }) => key), unknownFields }];
}

function suspectedWeights(arms: readonly CountedArm[]): Caveat[] {
  return arms.flatMap((arm): Caveat[] => givenOf(arm).flatMap(({ levels, validationAccuracy }) => {
    const { epochs } = levels;
    const unsaid = levels['model.start'] === undefined || levels['model.start'] === 'scratch';
    if (typeof epochs !== 'number' || epochs > scratch.epochs || !unsaid) return [];
    const fromScratch = ownReach(arm) ?? scratch.reach;
    return validationAccuracy > fromScratch.high + scratch.beyond ? [{ kind: 'starting-weights-suspected' as const, arm: arm.key, accuracy: validationAccuracy, epochs, fromScratch }] : [];
  }));
}

/** What runs of the same arm reached here from scratch, which is better evidence than a figure from elsewhere. */
function ownReach({ counted }: CountedArm): Interval | null {
  const values = counted.filter(({ run }) => run.config?.model.start === 'scratch').map(({ last }) => last.validation);
  return values.length > 0 ? { low: Math.min(...values), high: Math.max(...values) } : null;
}

/** Training accuracy that was measured on augmented images, or may have been: it makes no gap. */
function aboutTraining(arms: readonly CountedArm[]): Caveat[] {
  const augmented = arms.filter((arm) => givenOf(arm).some(({ levels, trainAccuracy, trainMeasuredOn, validationAccuracy }) =>
    trainAccuracy !== null && trainMeasuredOn !== 'plain' && (levels['augmentation'] !== 'none' || trainAccuracy < validationAccuracy)
    && (trainMeasuredOn === 'augmented' || levels['augmentation'] !== undefined))
    || arm.counted.some(({ run, last }) => last.plainTrain === null && last.augmentedTrain !== null && run.config?.augmentation !== 'none'));
  return augmented.length > 0 ? [{ kind: 'train-measured-on-augmented', arms: augmented.map(({ key }) => key) }] : [];
}

function leftOut(arms: readonly CountedArm[]): Caveat[] {
  const waiting = ({ status }: JudgedRun) => status === 'queued' || status === 'running';
  const reasons = arms.flatMap(({ runs }) => runs.flatMap(({ run, leftOut: reason }): LeftOut[] => (reason !== null && reason !== 'given' && !waiting(run) ? [reason] : [])));
  const failed = arms.filter(({ counted, runs }) => counted.length > 0 && runs.some(({ run }) => run.status === 'failed')).map(({ key }) => key);
  return reasons.length > 0 ? [{ kind: 'runs-left-out', count: reasons.length, reasons: [...new Set(reasons)], failed }] : [];
}

function aboutSurroundings(factors: readonly ComparedFactor[], arms: readonly CountedArm[], confounds: readonly Confound[]): Caveat[] {
  const runs = arms.flatMap(({ counted }) => counted.map(({ run }) => run));
  const told = new Set(confounds.flatMap(({ environment }) => environment));
  const fields = [...new Set(runs.flatMap((run) => Object.keys(knownFields(run))))].filter((field) => roleAmong(field, factors) === 'environment' && !told.has(field));
  const differ = fields.filter((field) => runs.some((run) => !sameLevel(knownFields(run)[field] ?? null, knownFields(runs[0]!)[field] ?? null)));
  const asked = [...new Set(runs.flatMap(notAsAsked))];
  return [
    ...(differ.length > 0 ? [{ kind: 'environment-differs' as const, fields: differ }] : []),
    ...(asked.length > 0 ? [{ kind: 'asked-and-done-differ' as const, fields: asked }] : []),
  ];
}

/** Whether a list is a factor or came along unplanned: what is left out of validation is out of the judgement too. */
function aboutLists(arms: readonly CountedArm[]): Caveat[] {
  const runs = arms.flatMap(({ key, counted }) => counted.flatMap(({ run, last }) => (run.config === null ? [] : [{ key, list: run.config.data.exclude?.sha256 ?? null, images: last.validationImages }])));
  if (new Set(runs.map(({ list }) => list)).size < 2) return [];
  const images = runs.map((run) => run.images);
  return [{ kind: 'exclude-lists-differ', arms: [...new Set(runs.flatMap(({ key, list }) => (list === null ? [] : [key])))], validationImages: { low: Math.min(...images), high: Math.max(...images) } }];
}

function notAsAsked({ config, surroundings, epochs }: JudgedRun): string[] {
  if (!config || !surroundings) return [];
  const { device, precision, intraOpThreads } = config;
  return [
    ...(epochs.length > 0 && epochs.at(-1)!.epoch < config.epochs ? ['epochs'] : []),
    ...(surroundings.gpuMissed || (device !== 'auto' && surroundings.device !== null && device !== surroundings.device) ? ['device'] : []),
    ...(precision !== surroundings.precision ? ['precision'] : []),
    ...(intraOpThreads !== null && surroundings.intraOpThreads !== null && intraOpThreads !== surroundings.intraOpThreads ? ['intraOpThreads'] : []),
  ];
}

function aboutFactors(factors: readonly ComparedFactor[], arms: readonly CountedArm[]): Caveat[] {
  const fields = factors.map(({ field }) => field);
  const runs = arms.flatMap(({ counted }) => counted.map(({ run }) => run));
  const drawnOut = fields.includes('epochs') && runs.some(({ config }) => config !== null && stretches(config.schedule));
  // The best learning rate moves with these; one that suits one arm can hold another back.
  const moves = fields.some((field) => ['batchSize', 'optimizer', 'optimizer.kind', 'optimizer.momentum', 'optimizer.filterMomentum', 'optimizer.normalizeFilters', 'model.architecture', 'model.stem'].includes(field));
  const tuned = fields.some((field) => ['optimizer', 'schedule', 'schedule.learningRate', 'optimizer.filterLearningRate'].includes(field));
  return [...(drawnOut ? [{ kind: 'epochs-stretch-schedule' as const }] : []), ...(moves && !tuned && runs.length > 0 ? [{ kind: 'learning-rate-not-tuned' as const }] : [])];
}
