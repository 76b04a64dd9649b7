interface ClassCount {
  /** Index into the classes. */
  readonly label: number;
  readonly images: number;
}

export interface ClassBalance {
  readonly least: ClassCount;
  readonly most: ClassCount;
  /** The largest class beside the smallest; null where a class is empty. 1: all are equal. */
  readonly ratio: number | null;
}

/** How evenly images are shared out among classes; of equal ones the first counts. @param counts images a class, at least one class */
export function classBalance(counts: readonly number[]): ClassBalance {
  const images = (label: number): ClassCount => ({ label, images: counts[label]! });
  let [least, most] = [0, 0];
  counts.forEach((count, label) => {
    if (count < counts[least]!) least = label;
    if (count > counts[most]!) most = label;
  });
  return { least: images(least), most: images(most), ratio: counts[least] === 0 ? null : counts[most]! / counts[least]! };
}

/** Beyond this ratio a data set is called imbalanced (as the import warns). */
export const imbalanced = 3;
