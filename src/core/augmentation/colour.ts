import type { PixelOperation, Size } from './image';

const { fround } = Math;

/** ITU-R 601-2 luma as Pillow rounds it (L24 in Convert.c). */
const luma = (red: number, green: number, blue: number) => (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;

/**
 * Pillow's ImagingBlend of one value: from `degenerate` (factor 0) to `value` (factor 1) and past it. In float32 like C's, cut off, not rounded.
 * @param factor already a float32
 */
function blend(degenerate: number, value: number, factor: number): number {
  const mixed = fround(degenerate + fround(factor * (value - degenerate)));
  return mixed <= 0 ? 0 : mixed >= 255 ? 255 : Math.trunc(mixed);
}

/** Table over both arguments for one factor: a magnitude is used thousands of times, and a look-up is cheaper than three roundings. */
const blendTables = new Map<number, Uint8Array>();
function blendTable(factor: number): Uint8Array {
  let table = blendTables.get(factor);
  if (!table) {
    // Sliders can ask for any factor: TrivialAugment has 61, and older tables give way.
    if (blendTables.size >= 512) blendTables.delete(blendTables.keys().next().value as number);
    table = new Uint8Array(65536);
    for (let degenerate = 0; degenerate < 256; degenerate++) {
      for (let value = 0; value < 256; value++) table[degenerate * 256 + value] = blend(degenerate, value, factor);
    }
    blendTables.set(factor, table);
  }
  return table;
}

const line = new Uint8Array(256);
/** One line of a factor's table, for a factor drawn from a range: there is no table of it, since it hardly comes again. */
function blendLine(factor: number, degenerate: number): Uint8Array {
  for (let value = 0; value < 256; value++) line[value] = blend(degenerate, value, factor);
  return line;
}

/** The mean of an image's greys, rounded, as ImageEnhance.Contrast takes it. */
function meanGrey(input: Uint8Array, { width, height }: Size): number {
  let sum = 0;
  for (let i = 0; i < input.length; i += 3) sum += luma(input[i]!, input[i + 1]!, input[i + 2]!);
  return Math.trunc(sum / (width * height) + 0.5);
}

const lookUp = (input: Uint8Array, out: Uint8Array, table: Uint8Array, offset: number) => {
  for (let i = 0; i < input.length; i++) out[i] = table[offset | input[i]!]!;
};

/** From black (factor 0) to the image (1) and past it (ImageEnhance.Brightness), by a factor as colour jitter draws it. */
export const adjustBrightness: PixelOperation = (input, out, _size, asked) => {
  const factor = fround(asked);
  if (factor === 1) return out.set(input);
  lookUp(input, out, blendLine(factor, 0), 0);
};

/** From the mean grey (ImageEnhance.Contrast). */
export const adjustContrast: PixelOperation = (input, out, size, asked) => {
  const factor = fround(asked);
  if (factor === 1) return out.set(input);
  lookUp(input, out, blendLine(factor, meanGrey(input, size)), 0);
};

/** Factor times each difference of two bytes, in float32. */
const scaled = new Float32Array(511);
const cutOff = (sum: number) => {
  const mixed = fround(sum);
  return mixed <= 0 ? 0 : mixed >= 255 ? 255 : mixed | 0;
};

/** From the image's own grey (ImageEnhance.Color). */
export const adjustSaturation: PixelOperation = (input, out, _size, asked) => {
  const factor = fround(asked);
  if (factor === 1) return out.set(input);
  for (let difference = -255; difference <= 255; difference++) scaled[difference + 255] = factor * difference;
  for (let i = 0; i < input.length; i += 3) {
    const grey = luma(input[i]!, input[i + 1]!, input[i + 2]!);
    const from = 255 - grey;
    out[i] = cutOff(grey + scaled[from + input[i]!]!);
    out[i + 1] = cutOff(grey + scaled[from + input[i + 1]!]!);
    out[i + 2] = cutOff(grey + scaled[from + input[i + 2]!]!);
  }
};

const factorOf = (magnitude: number) => fround(1 + magnitude);

/** The same by one of few magnitudes, the departure of the factor from 1. */
export const brightness: PixelOperation = (input, out, _size, magnitude) => {
  const factor = factorOf(magnitude);
  if (factor === 1) return out.set(input);
  lookUp(input, out, blendTable(factor), 0);
};

export const contrast: PixelOperation = (input, out, size, magnitude) => {
  const factor = factorOf(magnitude);
  if (factor === 1) return out.set(input);
  lookUp(input, out, blendTable(factor), meanGrey(input, size) << 8);
};

export const colour: PixelOperation = (input, out, _size, magnitude) => {
  const factor = factorOf(magnitude);
  if (factor === 1) return out.set(input);
  const table = blendTable(factor);
  for (let i = 0; i < input.length; i += 3) {
    const grey = luma(input[i]!, input[i + 1]!, input[i + 2]!) << 8;
    out[i] = table[grey | input[i]!]!;
    out[i + 1] = table[grey | input[i + 1]!]!;
    out[i + 2] = table[grey | input[i + 2]!]!;
  }
};

/** A sum of weighted bytes over 13, as the line of a table. Rounded to nearest; a half cannot come up with 13, so whole numbers give what Pillow's float32 does. */
const smoothed = Uint16Array.from({ length: 13 * 255 + 1 }, (_, sum) => Math.trunc((2 * sum + 13) / 26) << 8);

/** Towards the image smoothed by (1 1 1, 1 5 1, 1 1 1) / 13 with its border untouched (ImageEnhance.Sharpness, ImageFilter.SMOOTH). */
export const sharpness: PixelOperation = (input, out, size, magnitude) => {
  const factor = factorOf(magnitude);
  out.set(input); // the border, where smoothed and original are equal
  if (factor === 1 || size.width < 3 || size.height < 3) return;
  const table = blendTable(factor);
  const row = size.width * 3;
  for (let y = 1; y < size.height - 1; y++) {
    const end = (y + 1) * row - 3;
    for (let i = y * row + 3; i < end; i++) {
      const sum = input[i - row - 3] + input[i - row] + input[i - row + 3] + input[i - 3] + 5 * input[i] + input[i + 3]
        + input[i + row - 3] + input[i + row] + input[i + row + 3];
      out[i] = table[smoothed[sum]! | input[i]!]!;
    }
  }
};

/** Keeps the given number of bits, cut off to a whole number. */
export const posterize: PixelOperation = (input, out, _size, magnitude) => {
  const mask = ~(2 ** (8 - Math.trunc(magnitude)) - 1);
  for (let i = 0; i < input.length; i++) out[i] = input[i] & mask;
};

/** Inverts what is at or above the threshold. */
export const solarize: PixelOperation = (input, out, _size, magnitude) => {
  for (let i = 0; i < input.length; i++) out[i] = input[i] < magnitude ? input[i] : 255 - input[i];
};

export const invert: PixelOperation = (input, out) => {
  for (let i = 0; i < input.length; i++) out[i] = 255 - input[i];
};

export const identity: PixelOperation = (input, out) => out.set(input);

const counts = new Int32Array(256);
const table = new Uint8Array(256);

/** Applies a table of its own to each channel, made from the channel's histogram. */
function byHistogram(input: Uint8Array, out: Uint8Array, _size: Size, fill: () => void): void {
  for (let c = 0; c < 3; c++) {
    counts.fill(0);
    for (let i = c; i < input.length; i += 3) counts[input[i]]++;
    fill();
    for (let i = c; i < input.length; i += 3) out[i] = table[input[i]];
  }
}

const clip = (value: number) => (value < 0 ? 0 : value > 255 ? 255 : value);

/** Stretches each channel to 0…255 (ImageOps.autocontrast without cut-off). */
export const autoContrast: PixelOperation = (input, out, size) => byHistogram(input, out, size, () => {
  let [low, high] = [0, 255];
  while (low < 255 && counts[low] === 0) low++;
  while (high > 0 && counts[high] === 0) high--;
  const scale = high <= low ? 1 : 255 / (high - low);
  const offset = high <= low ? 0 : -low * scale;
  for (let i = 0; i < 256; i++) table[i] = clip(Math.trunc(i * scale + offset));
});

/** Evens each channel's histogram out (ImageOps.equalize). */
export const equalize: PixelOperation = (input, out, size) => byHistogram(input, out, size, () => {
  let [total, last, levels] = [0, 0, 0];
  for (let i = 0; i < 256; i++) {
    if (counts[i] === 0) continue;
    total += counts[i];
    last = counts[i];
    levels++;
  }
  const step = levels <= 1 ? 0 : Math.floor((total - last) / 255);
  let n = Math.floor(step / 2);
  for (let i = 0; i < 256; i++) {
    table[i] = step === 0 ? i : clip(Math.floor(n / step));
    n += counts[i];
  }
});
