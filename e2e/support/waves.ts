import { writeDataset } from './madeDataset';

/** A data set "waves" of 40 training and 8 test images of a side, two classes: smooth patterns in colour. */
export async function writeWaves(library: string, side: number): Promise<void> {
  await writeDataset(library, {
    id: 'waves', name: 'waves', classes: ['even', 'odd'], side, counts: { train: 40, test: 8 }, labelOf: (image) => image % 2,
    pixelOf: (image, x, y, channel) => 128 + 100 * Math.sin((x * (image % 7 + 1) + y * (image % 5 + 2)) / 30 + channel),
  });
}
