import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../data/images/decodeImage';
import { npyHead } from '../../import/layouts/npy';
import { openZip } from '../../weights/zipFile';
import { prepareImage } from './prepare';
import { resample } from './resample';
import { oriented } from './toRgb';

// Written by Pillow and NumPy: test/fixtures/make_imports.py.
const kinds = join(import.meta.dirname, '../../../test/fixtures/import/kinds');
const array = (bytes: Buffer) => new Uint8Array(bytes.subarray(npyHead(bytes, 'a fixture').start));
const ramp = { pixels: array(readFileSync(join(kinds, 'ramp.npy'))), width: 31, height: 23 };
const decoded = (name: string) => decodeImage(readFileSync(join(kinds, name)));
const plain = (pixels: Uint8Array) => Buffer.from(pixels).toString('hex');

async function pillow(name: string): Promise<Uint8Array> {
  const zip = await openZip(join(kinds, 'pillow.npz'));
  const entry = zip.entries.get(`${name}.npy`)!;
  const bytes = await zip.read(entry, entry.uncompressedSize);
  await zip.close();
  return array(bytes);
}

describe('resizing', () => {
  it.each([[8, 8], [16, 12], [40, 40]])('to %i × %i is Pillow\'s, byte for byte', async (width, height) => {
    expect(plain(resample(ramp, width, height))).toBe(plain(await pillow(`${width}x${height}`)));
    expect(plain(prepareImage(ramp, { width, height }, 'squash'))).toBe(plain(await pillow(`${width}x${height}`)));
  });
  it('by crop is torchvision\'s Resize and CenterCrop', async () => {
    expect(plain(prepareImage(ramp, { width: 8, height: 8 }, 'crop'))).toBe(plain(await pillow('crop8')));
  });
  it('a part of the output is that part of the whole', () => {
    const whole = resample(ramp, 13, 9);
    const part = resample(ramp, 13, 9, { start: 4, count: 5 }, { start: 2, count: 3 });
    for (let y = 0; y < 3; y++) expect(plain(part.subarray(y * 15, y * 15 + 15))).toBe(plain(whole.subarray(((y + 2) * 13 + 4) * 3, ((y + 2) * 13 + 9) * 3)));
  });
  it('by pad keeps everything, with black beside', () => {
    const out = prepareImage(ramp, { width: 31, height: 31 }, 'pad');
    expect(plain(out.subarray(4 * 31 * 3, 27 * 31 * 3))).toBe(plain(ramp.pixels));
    expect(new Set([...out.subarray(0, 4 * 31 * 3), ...out.subarray(27 * 31 * 3)])).toEqual(new Set([0]));
  });
});

describe('image files', () => {
  it.each(['a.png', 'a.bmp', 'a.tiff', 'a.webp', 'alpha.png'])('%s gives its own pixels', async (name) => {
    expect(plain((await decoded(name)).pixels)).toBe(plain(ramp.pixels));
  });
  it('of a GIF the first frame, in its palette', async () => {
    const [still, animated] = [await decoded('a.gif'), await decoded('animated.gif')];
    expect([animated.width, animated.height, animated.alpha]).toEqual([31, 23, false]);
    const off = (image: Uint8Array) => image.reduce((most, value, i) => Math.max(most, Math.abs(value - ramp.pixels[i]!)), 0);
    expect(off(still.pixels)).toBeLessThan(40);
    expect(off(animated.pixels)).toBeLessThan(40);
  });
  it('grey comes in three channels; four inks are converted; transparency is told, and an alpha channel that hides nothing is none', async () => {
    const grey = await decoded('grey.png');
    expect(grey.pixels.every((value, i) => value === grey.pixels[i - (i % 3)])).toBe(true);
    expect((await decoded('cmyk.jpg')).pixels).toHaveLength(31 * 23 * 3);
    expect((await decoded('alpha.png')).alpha).toBe(false);
    const png = new PNG({ width: 3, height: 2 });
    png.data.fill(255);
    expect((await decodeImage(PNG.sync.write(png))).alpha).toBe(false);
    png.data[4 * 5 + 3] = 254;
    const seen = await decodeImage(PNG.sync.write(png));
    expect([seen.alpha, [...seen.pixels.subarray(12)]]).toEqual([true, [255, 255, 255, 254, 254, 254]]);
  });
  it('are turned as their EXIF data say, which is told', async () => {
    const [turned, stored] = [await decoded('turned.jpg'), await decoded('a.jpg')];
    expect([turned.width, turned.height, turned.turned, stored.turned]).toEqual([23, 31, true, false]);
    // The same picture packed twice: the EXIF data change no pixel.
    expect(plain(turned.pixels)).toBe(plain(oriented(stored, 6).pixels));
  });
  it('every orientation turned and turned back is the same', () => {
    const back = [0, 1, 2, 3, 4, 5, 8, 7, 6];
    for (let orientation = 1; orientation <= 8; orientation++) expect(plain(oriented(oriented(ramp, orientation), back[orientation]!).pixels)).toBe(plain(ramp.pixels));
  });
});
