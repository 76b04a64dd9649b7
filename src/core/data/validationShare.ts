/** Validation images that a new run on a data set takes, where nobody says: CIFAR-10's usual 5,000, else a fifth of the training images. */
export const usualValidation = (datasetId: string, trainImages: number): number => (datasetId === 'cifar10' ? 5000 : Math.max(1, Math.round(trainImages / 5)));
