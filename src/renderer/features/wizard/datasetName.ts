import { getAt } from '../../../core/design/withField';
import { type Draft } from '../recipe/draft';

/** A data set as its makers write it; others by their folder. */
export function datasetName(document: Draft): string {
  const id = getAt(document.base, 'data.dataset');
  return id === 'cifar10' || typeof id !== 'string' ? 'CIFAR-10' : id;
}
