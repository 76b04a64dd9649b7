import { describe, expect, it } from 'vitest';
import { policies } from '../config/augmentation';
import { Session } from './index';
import { reduced, reducedDraw, reducedSize } from './reduced';

const size = { width: 90, height: 61 };
/** Smooth, as photographs are at this scale: what is lost by making it smaller is small. */
const image = Uint8Array.from({ length: size.width * size.height * 3 }, (_, i) => { const [x, y, c] = [Math.floor(i / 3) % size.width, Math.floor(i / 3 / size.width), i % 3]; return 128 + 90 * Math.sin(x / 17 + c) * Math.cos(y / 13 + c); });

describe('an image at one over a whole number', () => {
  it('is the mean of each block, of the part of a block at the end too', () => {
    const out = new Uint8Array(2 * 2 * 3);
    const pixels = Uint8Array.from([10, 0, 0, 20, 0, 0, 31, 1, 2, 30, 0, 0, 41, 0, 0, 33, 3, 4, 100, 7, 0, 103, 7, 0, 9, 9, 9]);
    reduced(pixels, { width: 3, height: 3 }, 2, out);
    expect([...out]).toEqual([25, 0, 0, 32, 2, 3, 102, 7, 0, 9, 9, 9]);
    expect(reducedSize({ width: 224, height: 7 }, 3)).toEqual({ width: 75, height: 3 });
  });

  it('keeps the share of a window, and a pixel of the smallest', () => {
    const small = reducedSize(size, 3);
    expect(reducedDraw({ kind: 'erase', by: 'cutout', window: { left: 30, top: 12, width: 30, height: 30 }, value: 0 }, 3, small)).toMatchObject({ window: { left: 10, top: 4, width: 10, height: 10 } });
    expect(reducedDraw({ kind: 'resizedCrop', window: { left: 89, top: 60, width: 1, height: 1 } }, 3, small)).toEqual({ kind: 'resizedCrop', window: { left: 29, top: 20, width: 1, height: 1 } });
    expect(reducedDraw({ kind: 'crop', left: 1, top: 10, padding: 4, fill: 'zero' }, 3, small)).toMatchObject({ left: -1, top: 2, padding: 0 });
  });
});

it.each(policies)('a preview of %s has the draws of what training feeds, and pixels near it', (policy) => {
  const session = new Session({ ...size, train: Uint32Array.from({ length: 12 }, (_, i) => i), batchSize: 4 });
  const places = Array.from({ length: 24 }, (_, i) => ({ epoch: i + 1, index: 2 }));
  const tilesAt = (rough: boolean) => {
    const tiles: Uint8Array[] = [];
    const drawn = session.draws(policy, 3, places, () => image, (pixels) => { tiles.push(pixels.slice()); }, { by: 3, rough });
    return { tiles, drawn };
  };
  const [exact, rough] = [tilesAt(false), tilesAt(true)];
  expect(rough.drawn).toEqual(exact.drawn);
  const apart = exact.tiles.map((tile, i) => tile.reduce((sum, value, at) => sum + Math.abs(value - rough.tiles[i]![at]!), 0) / tile.length);
  const middle = [...apart].sort((a, b) => a - b)[12]!;
  expect(middle).toBeLessThan(8);
  // Not by having drawn nothing: other draws are much farther away.
  if (policy !== 'none') expect(exact.tiles.reduce((sum, tile, i) => sum + tile.reduce((all, value, at) => all + Math.abs(value - rough.tiles[(i + 5) % 24]![at]!), 0) / tile.length, 0) / 24).toBeGreaterThan(middle * 2);
});
