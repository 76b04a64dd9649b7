import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetManifest } from '../../src/contracts/dataset';
import { writeManyRuns } from '../../test/support/manyRuns';
import { writeDataset } from './madeDataset';

/** Names of 60 characters: with spaces, without one, in Japanese. */
export const longNames = [
  'Crop, flip and TrivialAugment with a cosine of twenty epochs',
  'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauamt',
  '温室で撮影したヤマザクラとエドヒガンの花と葉と樹皮の写真のうち二〇二六年四月上旬から五月下旬までに集めた全画像その第一版',
] as const;
const longName = (i: number) => `${longNames[i % longNames.length]!.slice(0, 56)} ${String(i).padStart(3, '0')}`;

export interface FullLibrary {
  /** 65,000 images of 16 × 16 in 100 classes. */
  readonly large: DatasetManifest;
  /** 1,200 images in 100 classes, of which 200 test images are training images made brighter. */
  readonly twins: DatasetManifest;
  readonly runIds: readonly string[];
}

/** Data sets of 50 images, `small-000` and so on, whose names end in the same number. */
export async function writeSmallDatasets(library: string, count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await writeDataset(library, { id: `small-${String(i).padStart(3, '0')}`, name: longName(i), classes: ['鯛', 'cod'], side: 4, counts: { train: 40, test: 10 }, labelOf: (image) => image % 2, pixelOf: (image, x, y, channel) => (image * 37 + x * 5 + y * 11 + channel * 83 + i) % 256 });
  }
}

/** A library as full as one gets: 200 data sets beside CIFAR-10, one large, one with twins, and 300 runs on the large one. Before the app starts. */
export async function fillLibrary(library: string): Promise<FullLibrary> {
  const classes = Array.from({ length: 100 }, (_, i) => longName(i));
  const wave = (image: number, x: number, y: number, channel: number) => 128 + 100 * Math.sin((x * (1 + (image % 13)) + y * (1 + (image % 7))) / 9 + channel + image / 5);
  const large = await writeDataset(library, { id: 'large', name: longNames[1], classes, side: 16, counts: { train: 60_000, test: 5000 }, labelOf: (image) => (image < 60_000 ? Math.floor(100 * (image / 60_000) ** 1.4) : image % 100), pixelOf: wave });
  const noise = (image: number, at: number) => { const value = Math.sin(image * 78.233 + at * 12.9898) * 43758.5453; return value - Math.floor(value); };
  const blotch = (image: number, x: number, y: number, channel: number) => 40 + 150 * noise(image, Math.floor(x / 4) * 31 + Math.floor(y / 4) * 7 + channel);
  const twins = await writeDataset(library, {
    id: 'twins', name: longNames[2], classes, side: 32, counts: { train: 1000, test: 200 }, labelOf: (image) => image % 100,
    pixelOf: (image, x, y, channel) => (image < 1000 ? blotch(image, x, y, channel) : 20 + blotch(image - 1000, x, y, channel)),
  });
  await writeSmallDatasets(library, 198);
  const runIds = writeManyRuns(library, { count: 300, epochs: 1, stepsPerEpoch: 1, events: false });
  for (const [i, id] of runIds.entries()) {
    const file = join(library, 'runs', id, 'manifest.json');
    const run = JSON.parse(await readFile(file, 'utf8')) as { name: string; dataset: unknown };
    await writeFile(file, JSON.stringify({ ...run, name: longName(i), dataset: { id: large.id, revision: large.revision } }));
  }
  return { large, twins, runIds };
}
