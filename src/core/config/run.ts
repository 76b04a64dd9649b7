import { z } from 'zod';
import { augmentationSchema } from './augmentation';

/** The networks there are: torchvision's v1.5 ResNets, wide ResNets and the fast networks (core/model). */
export const architectures = ['resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnet152', 'wide-resnet-16-8', 'wide-resnet-28-10', 'fast', 'fast-residual'] as const;
export type Architecture = (typeof architectures)[number];

/**
 * `imagenet`: 7×7 convolution, stride 2, then max pool. `cifar`: 3×3 convolution, stride 1, no pool. `own`: of a network that has no choice of first
 * layers, the wide ResNets and the fast ones.
 */
export const stems = ['imagenet', 'cifar', 'own'] as const;
export type Stem = (typeof stems)[number];

const fraction = z.number().min(0).lt(1);

/** A list of images that training and validation leave out. */
const excludeSchema = z.strictObject({
  /** Its name among the data set's lists. Changes no result: the images are what `sha256` says. */
  list: z.string().trim().min(1).max(120),
  /** Of its images. null until a run is made; where it is given, that list is taken, whatever the name stands for now. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal').nullable().default(null),
});
export type ExcludeChoice = z.output<typeof excludeSchema>;

const dataSchema = z.strictObject({
  /** Folder name of the dataset in the library. */
  dataset: z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/, 'a dataset id: at most 80 small letters, digits and hyphens').default('cifar10'),
  /** A stratified subset of the training split of this many images; null takes all of it. */
  trainImages: z.int().min(2).nullable().default(null),
  /** Images held out of the training set for validation, stratified. */
  validationImages: z.int().min(1).default(5000),
  /** Seed of the split; it belongs to the data, not to the run's own seed. */
  splitSeed: z.int().min(0).default(0),
  /** Leaves out the images of a list; the others stay in the split that they are in without it. null leaves out none. */
  exclude: excludeSchema.nullable().default(null),
});

const onMismatch = z.enum(['refuse', 'reinitialise']).default('refuse');

/** Weights of a file (safetensors or torch.save), copied into the library. */
const fileStartSchema = z.strictObject({
  kind: z.literal('file'),
  /** Where the file lies. Changes no result: once a run is made only the file's name is kept, and the weights are found by `sha256`. */
  path: z.string().min(1).max(4096),
  /** Of the library's copy (`weights/<sha256>.safetensors`): what is trained on. null until a run is made; where it is given, the file must have it. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 in hexadecimal').nullable().default(null),
  /** Where the file's stem is another one (7×7 and 3×3), or is missing: refuse, or initialise the stem with its norm as from scratch. */
  stemMismatch: onMismatch,
  /** Where the classifier has other classes, or is missing. */
  headMismatch: onMismatch,
});
export type FileStart = z.output<typeof fileStartSchema>;

const modelSchema = z.strictObject({
  architecture: z.enum(architectures).default('resnet50'),
  stem: z.enum(stems).default('imagenet'),
  /** Where the weights start. `scratch`: torchvision's initialisation, drawn from the run's seed; else those of a file. */
  start: z.union([z.literal('scratch'), fileStartSchema]).default('scratch'),
});

/** false: weight decay leaves out batch norm's scale and offset and the biases, all that has one axis. true is torch.optim's own way. */
const decayNormAndBias = z.boolean().default(true);

const sgdSchema = z.strictObject({
  kind: z.literal('sgd'),
  momentum: fraction.default(0.9),
  nesterov: z.boolean().default(false),
  /** Coupled weight decay (L2), on every parameter, as torch.optim.SGD. */
  weightDecay: z.number().min(0).max(1).default(5e-4),
  decayNormAndBias,
});

const adamSchema = z.strictObject({
  /** `adam`: weight decay coupled (L2); `adamw`: decoupled. As torch.optim. */
  kind: z.enum(['adam', 'adamw']),
  beta1: fraction.default(0.9),
  beta2: fraction.default(0.999),
  epsilon: z.number().positive().max(1).default(1e-8),
  weightDecay: z.number().min(0).max(1).default(0),
  decayNormAndBias,
});

const muonSchema = z.strictObject({
  /**
   * Filters of hidden convolutions move by orthogonalised momentum (Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024);
   * all else by SGD at the schedule's rate: the first convolution, the classifier, norms and biases.
   */
  kind: z.literal('muon'),
  /** Of the hidden filters: Muon's rate where the schedule is at its peak. It rises and falls with the schedule's own, which is SGD's. */
  filterLearningRate: z.number().positive().max(100).default(0.02),
  filterMomentum: fraction.default(0.95),
  /** Decoupled, as torch.optim.Muon: each step takes off filterLearningRate · filterWeightDecay of them. */
  filterWeightDecay: z.number().min(0).max(1).default(0),
  /** Iterations of Newton-Schulz that orthogonalise an update. */
  newtonSchulzSteps: z.int().min(1).max(20).default(5),
  /** Before each step a layer's filters are scaled to the norm sqrt(number of filters), as airbench94_muon does; for networks with a norm behind every convolution. */
  normalizeFilters: z.boolean().default(false),
  /** Of SGD. */
  momentum: fraction.default(0.9),
  /** Of both. */
  nesterov: z.boolean().default(true),
  /** Of SGD, coupled (L2). */
  weightDecay: z.number().min(0).max(1).default(5e-4),
  decayNormAndBias,
});

const peak = {
  /** Peak learning rate, reached when the warm-up ends. */
  learningRate: z.number().positive().max(100).default(0.01),
};
const warmed = {
  ...peak,
  /** Epochs of linear warm-up from 0; they count as part of `epochs`. */
  warmupEpochs: z.number().min(0).default(0.5),
};
/** The run whose end this one began with; filled in where a run is extended. */
const continuesSchema = z.strictObject({
  runId: z.string(),
  /** Of the state that was taken over. */
  sha256: z.string(),
  /** Trained before, with all runs that it continued: order and draws go on from there. */
  epochs: z.int().min(1),
  steps: z.int().min(1),
});

/** What the rate is multiplied by at each decay. */
const gamma = z.number().positive().max(1).default(0.1);

const earlyStoppingSchema = z.strictObject({
  /** Of the validation images. */
  monitor: z.enum(['accuracy', 'loss']).default('accuracy'),
  /** Epochs in a row without an improvement after which the run ends. */
  patienceEpochs: z.int().min(1).max(10_000).default(5),
  /** An improvement is larger than this: a fraction of the images, or nats. */
  minDelta: z.number().min(0).max(1).default(0),
});

/** torch.optim.lr_scheduler's, named for their curve; the meaning of each is with `Schedule` in core/schedule. */
const scheduleSchema = z.discriminatedUnion('kind', [
  // A schedule written before there were other kinds may lack its kind.
  z.strictObject({ kind: z.literal('cosine').optional().default('cosine'), ...warmed }),
  z.strictObject({ kind: z.literal('constant'), ...warmed }),
  /** `finalFraction`: part of the peak that is left at the end. */
  z.strictObject({ kind: z.literal('linear'), ...warmed, finalFraction: z.number().min(0).max(1).default(0) }),
  z.strictObject({ kind: z.literal('step'), ...warmed, everyEpochs: z.int().min(1).max(10_000), gamma }),
  /** `milestones`: epochs, counted from the run's start. */
  z.strictObject({ kind: z.literal('multi-step'), ...warmed, milestones: z.array(z.number().positive().max(10_000)).min(1).max(100), gamma }),
  /** Its own rise is its warm-up: `warmupFraction` of the run (torch's pct_start), from peak / divFactor. */
  z.strictObject({ kind: z.literal('one-cycle'), ...peak, warmupFraction: z.number().gt(0).lt(1).default(0.3), divFactor: z.number().min(1).max(1e6).default(25), finalDivFactor: z.number().min(1).max(1e9).default(1e4) }),
]);
export const scheduleKinds = ['cosine', 'constant', 'linear', 'step', 'multi-step', 'one-cycle'] as const satisfies readonly ScheduleConfig['kind'][];
export type ScheduleConfig = z.output<typeof scheduleSchema>;

/** One training run, whole: everything that can change its result, and a few fields (marked) that cannot. As stored runs may have it, of before a rule below. */
export const storedRunConfigSchema = z
  .strictObject({
    schemaVersion: z.literal(1).default(1),
    /** Changes no result. */
    name: z.string().trim().max(200).default(''),
    /** Drives initialisation, order and draws. */
    seed: z.int().min(0).default(1),
    data: dataSchema.prefault({}),
    model: modelSchema.prefault({}),
    augmentation: augmentationSchema.default('none'),
    epochs: z.int().min(1).max(10_000).default(5),
    batchSize: z.int().min(2).max(65_536).default(128),
    optimizer: z.discriminatedUnion('kind', [sgdSchema, adamSchema, muonSchema]).prefault({ kind: 'sgd' }),
    schedule: scheduleSchema.prefault({}),
    labelSmoothing: fraction.default(0),
    /** Largest global norm of the gradient; null clips nothing. */
    clipNorm: z.number().positive().nullable().default(null),
    /** Decay of an exponential moving average of the weights, evaluated beside them and never judged; null keeps none. */
    emaDecay: fraction.nullable().default(null),
    /** The decay rises to `emaDecay` over the first steps, as in timm's ModelEmaV3. */
    emaWarmup: z.boolean().default(true),
    /** Parts that a batch goes through the network in; their gradients are averaged before the step. Batch norm sees a part. */
    microBatches: z.int().min(1).max(1024).default(1),
    /** First epochs in which only the classifier is trained; needs starting weights of a file. */
    frozenEpochs: z.int().min(0).max(10_000).default(0),
    /** Ends a run that has stopped improving; null trains every epoch. The last epoch is judged all the same. */
    earlyStopping: earlyStoppingSchema.nullable().default(null),
    /** The run is planned for as many of its epochs as fit, by the rate measured at its start, and its schedule pressed together; null for all of them. */
    timeBudgetMinutes: z.number().positive().max(100_000).nullable().default(null),
    precision: z.enum(['float32', 'bfloat16']).default('float32'),
    /** Compiles chains of operations into kernels of their own (TensorFlow's XLA). Meant for a GPU; part of the result's last digits. */
    xla: z.boolean().default(false),
    /** `auto` takes the GPU where one is usable and says so; `gpu` fails where none is. */
    device: z.enum(['auto', 'cpu', 'gpu']).default('auto'),
    /** Threads inside one operation; part of the result's last digits. null: as many as there are cores. */
    intraOpThreads: z.int().min(1).max(1024).nullable().default(null),
    /** Augmentation worker threads; changes no result. null: chosen for the machine. */
    workers: z.int().min(0).max(64).nullable().default(null),
    /** Changes no result. */
    checkpointEveryMinutes: z.number().positive().max(1440).default(5),
    /** Keeps the optimizer's state once the run has ended, so that it can be extended. Changes no result. */
    keepOptimizerState: z.boolean().default(false),
    continues: continuesSchema.nullable().default(null),
  })
  .superRefine(({ model: { architecture, stem } }, context) => {
    const fitting = stemsFor(architecture);
    if (fitting.includes(stem)) return;
    const message = fitting[0] === 'own' ? `must be "own": ${architecture} brings its own first layers` : `must be "imagenet" or "cifar" for ${architecture}`;
    context.addIssue({ code: 'custom', path: ['model', 'stem'], message });
  })
  .refine(({ epochs, schedule }) => epochs < 1 || !('warmupEpochs' in schedule) || schedule.warmupEpochs < epochs, {
    path: ['schedule', 'warmupEpochs'],
    message: 'must be less than epochs: the warm-up is part of the run',
  })
  .refine(({ epochs, schedule }) => schedule.kind !== 'step' || schedule.everyEpochs < epochs, {
    path: ['schedule', 'everyEpochs'],
    message: 'must be less than epochs: the rate would never fall',
  })
  .refine(({ epochs, schedule }) => schedule.kind !== 'multi-step' || schedule.milestones.every((epoch, i, all) => epoch < epochs && epoch > (all[i - 1] ?? schedule.warmupEpochs)), {
    path: ['schedule', 'milestones'],
    message: 'must rise, begin after the warm-up and stay below epochs',
  })
  .refine(({ batchSize, microBatches }) => microBatches * 2 <= batchSize || microBatches === 1, {
    path: ['microBatches'],
    message: 'must leave two images to a part: at most half of batchSize',
  })
  .refine(({ frozenEpochs, epochs, continues }) => frozenEpochs === 0 || frozenEpochs < epochs + (continues?.epochs ?? 0), {
    path: ['frozenEpochs'],
    message: 'must leave an epoch to the whole network',
  })
  .refine(({ frozenEpochs, model }) => frozenEpochs === 0 || model.start !== 'scratch', {
    path: ['frozenEpochs'],
    message: 'needs starting weights of a file: a frozen backbone of random weights learns nothing',
  })
  .refine(({ optimizer }) => optimizer.kind !== 'sgd' || !optimizer.nesterov || optimizer.momentum > 0, {
    path: ['optimizer', 'nesterov'],
    message: 'needs a momentum greater than 0, as in torch.optim.SGD',
  });

/** What a new run may have. */
export const runConfigSchema = storedRunConfigSchema
  .refine(({ optimizer, model }) => optimizer.kind !== 'muon' || !optimizer.normalizeFilters || normsFollow(model.architecture), {
    path: ['optimizer', 'normalizeFilters'],
    message: 'needs a network with a norm behind every convolution: in a wide ResNet norms stand before them, and the scale of the filters is part of what it computes',
  });

export type RunConfig = z.output<typeof runConfigSchema>;
export const optimizerKinds = ['sgd', 'adam', 'adamw', 'muon'] as const satisfies readonly RunConfig['optimizer']['kind'][];
/** What a person may write: every field but those of an optimizer's kind can be left out. */
export type RunConfigInput = z.input<typeof runConfigSchema>;

/** The stems that go with a network, its usual one first. */
export const stemsFor = (architecture: Architecture): readonly Stem[] => (architecture.startsWith('resnet') ? ['imagenet', 'cifar'] : ['own']);

export const isFast = (architecture: string): architecture is 'fast' | 'fast-residual' => architecture.startsWith('fast');

/** Whether a norm takes the scale out again of whatever a trained convolution makes; the networks' plans say so too (plan.test.ts). */
export const normsFollow = (architecture: Architecture): boolean => !architecture.startsWith('wide-resnet');

export const defaultRunConfig = (): RunConfig => runConfigSchema.parse({});
