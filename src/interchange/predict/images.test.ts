import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Transformer } from '@napi-rs/image';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import { decodeImage, expandImagePaths } from './images';
import { predictImages } from './predict';

const input = { width: 8, height: 8 };
const noise = Uint8Array.from({ length: 192 }, (_, i) => (i * 73) & 255);
/** RGB as RGBA. */
const opaque = (pixels: Uint8Array) => Uint8Array.from({ length: (pixels.length / 3) * 4 }, (_, i) => (i % 4 === 3 ? 255 : pixels[Math.floor(i / 4) * 3 + (i % 4)]!));
const picture = (pixels: Uint8Array, width: number, height: number) => Transformer.fromRgbaPixels(opaque(pixels), width, height);
/** A picture whose pixels a function names: 'r', 'b' or black. */
const drawn = (width: number, height: number, colour: (x: number, y: number) => string) =>
  picture(Uint8Array.from({ length: width * height * 3 }, (_, i) => (colour(Math.floor(i / 3) % width, Math.floor(i / 3 / width)) === 'rgb'[i % 3] ? 255 : 0)), width, height);
/** Lanczos rings a little beside an edge. */
const pixel = (data: Uint8Array, x: number, y: number) => ['k', 'b', 'g', 'gb', 'r', 'rb', 'rg', 'rgb'][[...data.subarray((y * 8 + x) * 3, (y * 8 + x) * 3 + 3)].reduce((bits, value) => bits * 2 + (value > 128 ? 1 : 0), 0)];

describe('image files', () => {
  it('of the very size give their own pixels, whatever lossless kind they are', async () => {
    for (const file of [await picture(noise, 8, 8).png(), await picture(noise, 8, 8).webpLossless(), await picture(noise, 8, 8).tiff(), await picture(noise, 8, 8).bmp()]) {
      for (const fit of ['crop', 'squash', 'pad'] as const) expect([...(await decodeImage(file, 'x', input, fit))]).toEqual([...noise]);
    }
  });
  it('JPEG and AVIF come close', async () => {
    const smooth = Uint8Array.from({ length: 192 }, (_, i) => Math.floor(i / 3));
    for (const file of [await picture(smooth, 8, 8).jpeg(100), await picture(smooth, 8, 8).avif({ quality: 100 })]) {
      const decoded = await decodeImage(file, 'x', input, 'crop');
      expect(Math.max(...decoded.map((value, i) => Math.abs(value - smooth[i]!)))).toBeLessThan(6);
    }
  });
  it('grey, 16 bit and transparent ones come out as three channels', async () => {
    const grey = new PNG({ width: 8, height: 8 });
    grey.data.fill(77);
    for (let i = 3; i < grey.data.length; i += 4) grey.data[i] = 255;
    expect([...(await decodeImage(PNG.sync.write(grey, { colorType: 0 }), 'x', input, 'crop'))]).toEqual(Array(192).fill(77));
    const deep = new PNG({ width: 8, height: 8 });
    deep.data = Buffer.from(Uint16Array.from({ length: 256 }, (_, i) => (i % 4 === 3 ? 65_535 : 77 * 257)).buffer);
    expect([...(await decodeImage(PNG.sync.write(deep, { colorType: 2, bitDepth: 16 }), 'x', input, 'crop'))]).toEqual(Array(192).fill(77));
    const half = new PNG({ width: 8, height: 8 });
    half.data.fill(200);
    for (let i = 3; i < half.data.length; i += 4) half.data[i] = 51;
    expect([...(await decodeImage(PNG.sync.write(half), 'x', input, 'crop'))]).toEqual(Array(192).fill(40));
  });
  it('of other proportions are cropped, squashed or padded', async () => {
    const wide = await drawn(48, 16, (x) => (x >= 16 && x < 32 ? 'r' : 'b')).png();
    const [crop, squash, pad] = await Promise.all((['crop', 'squash', 'pad'] as const).map((fit) => decodeImage(wide, 'x', input, fit)));
    expect([pixel(crop!, 0, 4), pixel(crop!, 4, 4), pixel(squash!, 0, 4), pixel(squash!, 4, 4), pixel(pad!, 4, 0), pixel(pad!, 0, 4), pixel(pad!, 4, 4)]).toEqual(['r', 'r', 'b', 'r', 'k', 'b', 'r']);
    const small = await decodeImage(await drawn(2, 4, (_, y) => (y < 2 ? 'r' : 'b')).png(), 'x', input, 'pad');
    expect([pixel(small, 4, 0), pixel(small, 4, 7), pixel(small, 0, 0)]).toEqual(['r', 'b', 'k']);
  });
  it.each([[1, 'r', 'b'], [3, 'b', 'r'], [6, 'r', 'r'], [8, 'b', 'b']])('are turned as a camera says: orientation %i', async (orientation, topLeft, bottomLeft) => {
    // As stored: red above, blue below, 16 wide and 8 high; turned by a quarter it is 8 wide and 16 high.
    const jpeg = await drawn(16, 8, (_, y) => (orientation < 5 ? (y < 4 ? 'r' : 'b') : (y < 4 ? 'b' : 'r'))).jpeg(100);
    const exif = Buffer.from([0xff, 0xe1, 0, 34, ...Buffer.from('Exif\0\0MM'), 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
    const turned = await decodeImage(Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]), 'x', input, 'squash');
    expect([pixel(turned, 1, 1), pixel(turned, 1, 6)]).toEqual([topLeft, bottomLeft]);
  });
  it('folders are searched through, in order; an empty one is told', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'b/c'), { recursive: true });
    for (const name of ['z.png', 'b/a.JPG', 'b/c/y.webp', 'b/notes.txt']) writeFileSync(join(folder, name), 'x');
    expect(await expandImagePaths([folder, 'single.raw'])).toEqual([...['b/a.JPG', 'b/c/y.webp', 'z.png'].map((name) => join(folder, name)), 'single.raw']);
    mkdirSync(join(folder, 'none'));
    await expect(expandImagePaths([join(folder, 'none')])).rejects.toMatchObject({ code: 'usage' });
  });
});

/** A PNG whose header claims another size. */
function claimed(png: Buffer, side: number): Buffer {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(side, 16);
  changed.writeUInt32BE(side, 20);
  changed.writeUInt32BE(crc32(changed.subarray(12, 29)), 29);
  return changed;
}

describe('predictions', () => {
  it('tell a broken image in its place and the others all the same', async () => {
    const good = await picture(noise, 8, 8).png();
    const photo = await picture(noise, 8, 8).jpeg();
    const fed: number[] = [];
    const predictor = {
      classes: ['鯛', 'cod', 'eel'], input,
      run: (pixels: Uint8Array, count: number) => {
        fed.push(count, pixels.length);
        return Promise.resolve(Float32Array.from({ length: count * 3 }, (_, i) => (i % 3 === 1 ? Math.log(6) : 0)));
      },
    };
    const broken: [string, Buffer, string][] = [
      ['cut.png', good.subarray(0, good.length - 30), 'it was cut off'], ['cut.jpg', photo.subarray(0, photo.length - 30), 'it was cut off'], ['text.png', Buffer.from('no image at all'), 'no image of a known kind'],
      ['empty', Buffer.alloc(0), 'cannot be read as an image'], ['bomb.png', claimed(good, 30_000), 'it is too large'], ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'no image of a known kind'],
    ];
    const images = [{ name: 'a', source: good }, ...broken.map(([name, source]) => ({ name, source })), { name: 'b', source: good }, { name: 'none', source: join(tempFolder(), 'none.png') }];
    const found = [];
    for await (const prediction of predictImages(predictor, images, { top: 2, fit: 'crop' })) found.push(prediction);
    expect(fed).toEqual([2, 384]);
    expect(found.map(({ name }) => name)).toEqual(images.map(({ name }) => name));
    expect(found[0]).toEqual({ name: 'a', top: [{ label: 'cod', index: 1, probability: expect.closeTo(0.75, 6) as number }, { label: '鯛', index: 0, probability: expect.closeTo(0.125, 6) as number }] });
    for (const [i, [, , why]] of broken.entries()) expect(found[i + 1]).toMatchObject({ error: { code: 'image-unreadable', message: expect.stringContaining(why) as string } });
    expect(found.at(-1)).toMatchObject({ error: { message: expect.stringContaining('no such file') as string } });
  });
});
