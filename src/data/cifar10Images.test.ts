import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pngOfRows } from '../../test/support/pngRows';
import { tempFolder } from '../../test/support/tempFolder';
import { ChannelStatistics } from './channelStatistics';
import { decodeCifar10Images, readCifar10Labels } from './cifar10Images';

test('a row of the picture is an image, its pixels from left to right, then down', async () => {
  const path = join(tempFolder(), 'batch.png');
  const pixel = (image: number, position: number, channel: number) => image * 5 + position + channel * 50;
  writeFileSync(path, pngOfRows(10_000, pixel));
  const pixels = await decodeCifar10Images(path);
  expect(pixels.length).toBe(10_000 * 32 * 32 * 3);
  for (const [image, y, x, channel] of [[0, 0, 0, 0], [0, 1, 0, 2], [7, 31, 31, 1], [9999, 4, 30, 2]] as const) {
    expect(pixels[((image * 32 + y) * 32 + x) * 3 + channel]).toBe(pixel(image, y * 32 + x, channel) & 255);
  }
});

test('a picture of another size, and labels of another number or class, are refused', async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, 'small.png'), pngOfRows(2, () => 0));
  await expect(decodeCifar10Images(join(folder, 'small.png'))).rejects.toThrow(/1024 × 2 pixels/);
  writeFileSync(join(folder, 'labels.json'), '[1, 2, 10]');
  await expect(readCifar10Labels(join(folder, 'labels.json'), 3)).rejects.toThrow();
  writeFileSync(join(folder, 'labels.json'), '[1, 2]');
  await expect(readCifar10Labels(join(folder, 'labels.json'), 3)).rejects.toThrow(/2 labels, expected 3/);
});

test('means and population deviations of each channel', () => {
  const statistics = new ChannelStatistics();
  statistics.add(Uint8Array.from([0, 255, 51, 255, 255, 51]));
  statistics.add(Uint8Array.from([0, 255, 51, 255, 255, 51]));
  const { mean, deviation } = statistics.result();
  expect(mean).toEqual([0.5, 1, 0.2]);
  expect(deviation).toEqual([0.5, 0, 0]);
});
