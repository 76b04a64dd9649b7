import { defaultOperation, type Augmentation, type PolicyName, type PolicyOperation } from '../config/augmentation';

const crop = defaultOperation('randomCrop');
const flip = defaultOperation('flip');
const trivial = defaultOperation('trivialAugmentWide');
/** 0.4914, 0.4822, 0.4465 of 255: what zero is after normalisation, where the papers erase. */
export const cifarMean: [number, number, number] = [125, 123, 114];
const cutout = { ...defaultOperation('cutout'), side: 16, value: cifarMean };
const resizedCrop = defaultOperation('randomResizedCrop');

/** What each preset holds, with its source. A preset never changes: runs name it. */
const presets: Readonly<Record<PolicyName, readonly PolicyOperation[]>> = {
  none: [],
  // He et al. 2016, "Deep residual learning for image recognition", section 4.2.
  'crop-flip': [crop, flip],
  // Müller and Hutter 2021, without the paper's cutout.
  'crop-flip-trivialaugment': [crop, flip, trivial],
  // Cubuk et al. 2020, with torchvision's defaults (2 operations, magnitude 9 of 31).
  'crop-flip-randaugment': [crop, flip, defaultOperation('randAugment')],
  // Cubuk et al. 2019, the policy found on CIFAR-10, without the paper's cutout.
  'crop-flip-autoaugment': [crop, flip, defaultOperation('autoAugment')],
  // DeVries and Taylor 2017: 16 pixels on CIFAR-10.
  'crop-flip-cutout': [crop, flip, cutout],
  // Zhong et al. 2020: half of the images, 2 to 40 % of the area.
  'crop-flip-erasing': [crop, flip, { ...defaultOperation('randomErasing'), scale: [0.02, 0.4], value: cifarMean }],
  // Müller and Hutter 2021 as trained on CIFAR-10.
  'crop-flip-trivialaugment-cutout': [crop, flip, trivial, cutout],
  // Zhang et al. 2018: alpha 1 on CIFAR-10.
  'crop-flip-mixup': [crop, flip, defaultOperation('mixup')],
  // Yun et al. 2019: alpha 1, half of the batches on CIFAR.
  'crop-flip-cutmix': [crop, flip, { ...defaultOperation('cutmix'), probability: 0.5 }],
  // Jordan 2024 (airbench): 2 pixels, reflected.
  'reflectcrop-alternatingflip': [{ ...crop, padding: 2, fill: 'reflect' }, defaultOperation('alternatingFlip')],
  // Szegedy et al. 2015 and torchvision's reference training on ImageNet.
  'resizedcrop-flip': [resizedCrop, flip],
  // torchvision's ImageNet recipe of 2021 ("How to train state-of-the-art models"): erasing 0.1, Mixup 0.2, CutMix 1.
  'resizedcrop-flip-trivialaugment-erasing-mixup-cutmix': [
    resizedCrop, flip, trivial, { ...defaultOperation('randomErasing'), probability: 0.1 }, { ...defaultOperation('mixup'), alpha: 0.2 }, defaultOperation('cutmix'),
  ],
};

/** The operations of a run's augmentation, in order. */
export const operationsOf = (augmentation: Augmentation): readonly PolicyOperation[] => (typeof augmentation === 'string' ? presets[augmentation] : augmentation);
