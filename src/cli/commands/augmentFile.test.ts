import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeEach, expect, it, vi } from 'vitest';
import { tempFolder } from '../../../test/support/tempFolder';
import { augmentImage, Augmenter, Policy } from '../../core/augmentation';
import { exits } from '../output';
import { augment } from './augment';

interface Vector { op: string; magnitude: number; height: number; width: number; input: string; output: string }
const { vectors } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../test/fixtures/augmentation-vectors-odd.json'), 'utf8')) as { vectors: Vector[] };

let folder: string;
let told: string;
beforeEach(() => {
  folder = tempFolder();
  told = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { told += String(text); return true; });
});

function put(name: string, rgb: Uint8Array, width: number, height: number): string {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) png.data.set([...rgb.subarray(i * 3, i * 3 + 3), 255], i * 4);
  writeFileSync(join(folder, name), PNG.sync.write(png));
  return join(folder, name);
}
const rgbOf = (path: string) => { const { data } = PNG.sync.read(readFileSync(path)); return Uint8Array.from(data.filter((_, i) => i % 4 !== 3)); };
const run = (options: Record<string, string | boolean>, json = true) => augment({ library: folder, json, positionals: [], options });

it('applies each of torchvision\'s operations to an image file, byte for byte', async () => {
  const each = [...new Map(vectors.map((one) => [one.op, one])).values()];
  expect(each).toHaveLength(15);
  for (const { op, magnitude, width, height, input, output } of each) {
    const plain = ['Identity', 'AutoContrast', 'Equalize', 'Invert'].includes(op);
    told = '';
    const out = join(folder, `${op}.png`);
    expect(await run({ op: op.toLowerCase(), ...(!plain && { magnitude: String(magnitude) }), input: put('in.png', Buffer.from(input, 'base64'), width, height), out })).toBe(exits.done);
    expect(JSON.parse(told)).toMatchObject({ path: out, width, height, op, magnitude: plain ? null : magnitude });
    expect(Buffer.from(rgbOf(out)).toString('base64'), op).toBe(output);
  }
});

it('applies one draw of a policy, the one that a run of this seed and epoch has of image 0', async () => {
  const [width, height] = [20, 14];
  const image = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37) % 256);
  const out = join(folder, 'out.png');
  await run({ policy: 'crop-flip-trivialaugment', seed: '5', epoch: '3', input: put('in.png', image, width, height), out });
  const expected = new Uint8Array(image.length);
  const draws = augmentImage(new Policy('crop-flip-trivialaugment', { width, height }, 5), 3, 0, new Augmenter({ width, height }), image, expected);
  expect(JSON.parse(told)).toMatchObject({ policy: 'crop-flip-trivialaugment', seed: 5, epoch: 3, draws });
  expect(rgbOf(out)).toEqual(expected);
});

it('says what is wrong, and writes nothing', async () => {
  const [input, out] = [put('in.png', new Uint8Array(12), 2, 2), join(folder, 'out.png')];
  writeFileSync(join(folder, 'text.png'), 'no image');
  for (const [options, said] of [
    [{ op: 'Spin', magnitude: '3' }, /--op must be one of Identity, ShearX/], [{ op: 'Rotate' }, /must be a number for Rotate, not left out; TrivialAugment draws 0 to 135/], [{ op: 'Rotate', magnitude: 'far' }, /not far/],
    [{ op: 'Posterize', magnitude: '2.5' }, /a whole number from 0 to 8 for Posterize/], [{ op: 'Solarize', magnitude: '300' }, /from 0 to 255/], [{ op: 'Brightness', magnitude: '-2' }, /from -1 for Brightness/], [{ op: 'Invert', magnitude: '1' }, /Invert has no strength/],
    [{ op: 'Rotate', magnitude: '3', seed: '1' }, /--op draws nothing/], [{ policy: 'none', magnitude: '3' }, /--magnitude goes with --op/], [{ policy: 'none', op: 'Invert' }, /usage/], [{}, /usage/], [{ policy: 'crop-flip-mixup' }, /mixes images|--policy must be/],
    [{ op: 'Invert', input: join(folder, 'nowhere.png') }, /there is no such file/], [{ op: 'Invert', input: join(folder, 'text.png') }, /no image of a known kind/],
  ] as const) await expect(run({ input, out, ...options })).rejects.toThrow(said);
  expect(existsSync(out)).toBe(false);
  await run({ op: 'Invert', input, out });
  await expect(run({ op: 'Invert', input, out })).rejects.toMatchObject({ code: 'destination-exists' });
  expect(await run({ op: 'Invert', input, out, force: true }, false)).toBe(exits.done);
});
