import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import { decodeImage, expandImagePaths } from './images';
import { predictImages } from './predict';

const input = { width: 8, height: 8 };
const noise = Uint8Array.from({ length: 192 }, (_, i) => (i * 73) & 255);
const raw = (data: Uint8Array, width: number, height: number) => sharp(data, { raw: { width, height, channels: 3 } });
const red = (width: number, height: number) => ({ create: { width, height, channels: 3 as const, background: '#f00' } });

describe('image files', () => {
  it('of the very size give their own pixels, whatever lossless kind they are', async () => {
    for (const file of [await raw(noise, 8, 8).png().toBuffer(), await raw(noise, 8, 8).webp({ lossless: true }).toBuffer(), await raw(noise, 8, 8).tiff({ compression: 'none' }).toBuffer()]) {
      expect([...(await decodeImage(file, 'x', input, 'crop'))]).toEqual([...noise]);
    }
  });
  it('grey, palette, 16 bit and transparent ones come out as three channels', async () => {
    const grey = new PNG({ width: 8, height: 8, colorType: 0, inputHasAlpha: false });
    grey.data = Buffer.alloc(192, 77);
    expect([...(await decodeImage(PNG.sync.write(grey, { colorType: 0, inputHasAlpha: false, inputColorType: 2 }), 'x', input, 'crop'))].every((value) => value === 77)).toBe(true);
    expect((await decodeImage(await sharp(red(8, 8)).png({ palette: true }).toBuffer(), 'x', input, 'crop')).length).toBe(192);
    expect((await decodeImage(await sharp(red(8, 8)).toColourspace('rgb16').png().toBuffer(), 'x', input, 'crop')).slice(0, 3)).toEqual(Uint8Array.of(255, 0, 0));
    const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: { r: 255, g: 255, b: 255, alpha: 0 } } }).png().toBuffer();
    expect([...(await decodeImage(clear, 'x', input, 'crop'))].every((value) => value === 0)).toBe(true);
  });
  it('of other proportions are cropped, squashed or padded', async () => {
    // Blue, red, blue.
    const wide = await sharp({ create: { width: 48, height: 16, channels: 3, background: '#00f' } }).composite([{ input: await sharp(red(16, 16)).png().toBuffer(), left: 16, top: 0 }]).png().toBuffer();
    const [crop, squash, pad] = await Promise.all((['crop', 'squash', 'pad'] as const).map((fit) => decodeImage(wide, 'x', input, fit)));
    // Lanczos rings a little beside an edge.
    const pixel = (data: Uint8Array, x: number, y: number) => [...data.subarray((y * 8 + x) * 3, (y * 8 + x) * 3 + 3)].map((value) => (value > 128 ? 255 : 0));
    expect([pixel(crop!, 4, 4), pixel(squash!, 0, 4), pixel(squash!, 4, 4), pixel(pad!, 4, 0), pixel(pad!, 4, 4)]).toEqual([[255, 0, 0], [0, 0, 255], [255, 0, 0], [0, 0, 0], [255, 0, 0]]);
  });
  it('are turned as a camera says', async () => {
    const file = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#00f' } }).composite([{ input: await sharp(red(8, 4)).png().toBuffer(), left: 0, top: 0 }]).withExif({ IFD0: { Orientation: '3' } }).withMetadata({ orientation: 3 }).png().toBuffer();
    expect([...(await decodeImage(file, 'x', input, 'crop')).subarray(0, 3)]).toEqual([0, 0, 255]);
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

describe('predictions', () => {
  it('tell a broken image in its place and the others all the same', async () => {
    const good = await raw(noise, 8, 8).png().toBuffer();
    const fed: number[] = [];
    const predictor = {
      classes: ['鯛', 'cod', 'eel'], input,
      run: (pixels: Uint8Array, count: number) => {
        fed.push(count, pixels.length);
        return Promise.resolve(Float32Array.from({ length: count * 3 }, (_, i) => (i % 3 === 1 ? Math.log(6) : 0)));
      },
    };
    const broken: [string, Buffer, string][] = [
      ['cut.png', good.subarray(0, good.length - 30), 'it is damaged'], ['text.png', Buffer.from('no image at all'), 'no image of a known kind'], ['empty', Buffer.alloc(0), ''],
      ['bomb.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="60000" height="60000"/>'), ''], ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'no image of a known kind'],
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
