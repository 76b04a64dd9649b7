import type { PolicyName } from '../../../../core/config/augmentation';

/** Where each preset comes from, as it is cited. What a preset leaves out of its paper stands with it in core/augmentation/presets. */
export const presetSources: Readonly<Record<PolicyName, string | null>> = {
  none: null,
  'crop-flip': 'He et al. 2016, arXiv 1512.03385',
  'crop-flip-trivialaugment': 'Müller, Hutter 2021, arXiv 2103.10158',
  'crop-flip-randaugment': 'Cubuk et al. 2020, arXiv 1909.13719',
  'crop-flip-autoaugment': 'Cubuk et al. 2019, arXiv 1805.09501',
  'crop-flip-cutout': 'DeVries, Taylor 2017, arXiv 1708.04552',
  'crop-flip-erasing': 'Zhong et al. 2020, arXiv 1708.04896',
  'crop-flip-trivialaugment-cutout': 'Müller, Hutter 2021, arXiv 2103.10158',
  'crop-flip-mixup': 'Zhang et al. 2018, arXiv 1710.09412',
  'crop-flip-cutmix': 'Yun et al. 2019, arXiv 1905.04899',
  'reflectcrop-alternatingflip': 'Jordan 2024, arXiv 2404.00498',
  'resizedcrop-flip': 'Szegedy et al. 2015, arXiv 1409.4842',
  'resizedcrop-flip-trivialaugment-erasing-mixup-cutmix': 'torchvision, ImageNet recipe of 2021',
};
