import { z } from 'zod';
import { trivialAugmentNames } from '../augmentation/names';

/** Policies with a name of their own, which says all they do: what each holds stands in `core/augmentation/presets`. */
export const policies = [
  'none', 'crop-flip', 'crop-flip-trivialaugment', 'crop-flip-randaugment', 'crop-flip-autoaugment', 'crop-flip-cutout', 'crop-flip-erasing', 'crop-flip-trivialaugment-cutout',
  'crop-flip-mixup', 'crop-flip-cutmix', 'reflectcrop-alternatingflip', 'resizedcrop-flip', 'resizedcrop-flip-trivialaugment-erasing-mixup-cutmix',
] as const;
export type PolicyName = (typeof policies)[number];

const probability = z.number().min(0).max(1);
const byte = z.int().min(0).max(255);
/** One grey for all channels, or red, green and blue. */
const fillValue = z.union([byte, z.tuple([byte, byte, byte])]);
const pair = (low: z.ZodNumber, first: number, second: number) => z.tuple([low, low]).default([first, second])
  .refine(([from, to]) => from <= to, { message: 'the first of the two is the smaller one' });
const ratio = z.number().positive().max(100);
const share = z.number().positive().max(1);

/** Largest magnitudes, in the units of torchvision's operations; what is left out keeps TrivialAugment's wide range. */
const strengths = z.strictObject({
  ShearX: z.number().min(0).max(10).optional(),
  ShearY: z.number().min(0).max(10).optional(),
  /** Pixels. */
  TranslateX: z.number().min(0).max(1024).optional(),
  TranslateY: z.number().min(0).max(1024).optional(),
  /** Degrees. */
  Rotate: z.number().min(0).max(360).optional(),
  /** Departure of the factor from 1. */
  Brightness: z.number().min(0).max(10).optional(),
  Color: z.number().min(0).max(10).optional(),
  Contrast: z.number().min(0).max(10).optional(),
  Sharpness: z.number().min(0).max(10).optional(),
  /** Bits that are left at the strongest. */
  Posterize: z.int().min(0).max(8).optional(),
  /** Threshold at the strongest. */
  Solarize: z.number().min(0).max(255).optional(),
});

const imageOperations = [
  /** torchvision's RandomCrop(size, padding, padding_mode 'constant' or 'reflect'): each of the (2 padding + 1)² places as likely. Pixels. */
  z.strictObject({ kind: z.literal('randomCrop'), padding: z.int().min(0).max(256).default(4), fill: z.enum(['zero', 'reflect']).default('zero') }),
  /** torchvision's RandomHorizontalFlip. */
  z.strictObject({ kind: z.literal('flip'), probability: probability.default(0.5) }),
  /** Drawn in the first epoch, then every image is mirrored in each second epoch: Jordan, arXiv 2404.00498. */
  z.strictObject({ kind: z.literal('alternatingFlip') }),
  /** torchvision's RandomResizedCrop(side, scale, ratio), bilinear, to the image's own size. */
  z.strictObject({ kind: z.literal('randomResizedCrop'), scale: pair(share, 0.08, 1), ratio: pair(ratio, 3 / 4, 4 / 3) }),
  /** torchvision's TrivialAugmentWide(num_magnitude_bins); `operations`: which of its fourteen it draws from. */
  z.strictObject({
    kind: z.literal('trivialAugmentWide'), bins: z.int().min(2).max(1024).default(31), strengths: strengths.prefault({}),
    operations: z.array(z.enum(trivialAugmentNames)).min(1).nullable().default(null).refine((names) => names === null || new Set(names).size === names.length, { message: 'each operation stands once' }),
  }),
  /** torchvision's RandAugment(num_ops, magnitude, num_magnitude_bins). */
  z.strictObject({ kind: z.literal('randAugment'), operations: z.int().min(1).max(14).default(2), magnitude: z.int().min(0).default(9), bins: z.int().min(2).max(1024).default(31) })
    .refine(({ magnitude, bins }) => magnitude < bins, { path: ['magnitude'], message: 'is one of the bins, counted from 0' }),
  /** torchvision's AutoAugment with a policy that was found on this data set. */
  z.strictObject({ kind: z.literal('autoAugment'), policy: z.enum(['cifar10']).default('cifar10') }),
  /** torchvision's ColorJitter: factors within 1 ± each value, of hue the turn within ± its value; in a drawn order. */
  z.strictObject({
    kind: z.literal('colorJitter'), brightness: z.number().min(0).max(10).default(0), contrast: z.number().min(0).max(10).default(0), saturation: z.number().min(0).max(10).default(0),
    /** In turns of the colour circle. */
    hue: z.number().min(0).max(0.5).default(0),
  }),
  /** torchvision's RandomErasing; `value` is a byte, as it would be before normalisation. */
  z.strictObject({ kind: z.literal('randomErasing'), probability: probability.default(0.5), scale: pair(share, 0.02, 0.33), ratio: pair(ratio, 0.3, 3.3), value: fillValue.default(0) }),
  /** DeVries and Taylor: a square about any pixel of the image, cut off at its border. */
  z.strictObject({ kind: z.literal('cutout'), side: z.int().min(1).max(512).default(16), value: fillValue.default(0) }),
] as const;

const alpha = z.number().positive().max(100).default(1);
const batchOperations = [
  /** Zhang et al.: one weight a batch of Beta(alpha, alpha), the partner is the image before; in a share `probability` of the batches. */
  z.strictObject({ kind: z.literal('mixup'), alpha, probability: probability.default(1) }),
  /** Yun et al.: a box of the partner's pixels. `switchProbability`: where Mixup is in the policy too, the share of batches that CutMix gets. */
  z.strictObject({ kind: z.literal('cutmix'), alpha, probability: probability.default(1), switchProbability: probability.default(0.5) }),
] as const;

const isBatchOperation = ({ kind }: { kind: string }) => kind === 'mixup' || kind === 'cutmix';

const listSchema = z.array(z.discriminatedUnion('kind', [...imageOperations, ...batchOperations])).max(32)
  .refine((list) => list.every((one, i) => !isBatchOperation(one) || list.slice(i + 1).every(isBatchOperation)), { message: 'mixup and cutmix mix whole batches: they come last' })
  .refine((list) => ['mixup', 'cutmix'].every((kind) => list.filter((one) => one.kind === kind).length <= 1), { message: 'mixup and cutmix stand once each' })
  // Its draw belongs to the image, not to a place in the list.
  .refine((list) => list.filter(({ kind }) => kind === 'alternatingFlip').length <= 1, { message: 'alternatingFlip stands once' });

/** A preset's name, or operations in the order in which they are applied. */
export const augmentationSchema = z.union([z.enum(policies), listSchema]);

export type Augmentation = z.output<typeof augmentationSchema>;
export type PolicyOperation = z.output<typeof listSchema>[number];
export type BatchOperation = Extract<PolicyOperation, { kind: 'mixup' | 'cutmix' }>;
export type ImageOperation = Exclude<PolicyOperation, BatchOperation>;
export type OperationOf<K extends PolicyOperation['kind']> = Extract<PolicyOperation, { kind: K }>;

/** An operation with its defaults: what a list of operations in a window starts from. */
export const defaultOperation = <K extends PolicyOperation['kind']>(kind: K): OperationOf<K> => listSchema.parse([{ kind }])[0] as OperationOf<K>;
export const operationKinds = [...imageOperations, ...batchOperations].map(({ shape }) => shape.kind.value) as PolicyOperation['kind'][];
