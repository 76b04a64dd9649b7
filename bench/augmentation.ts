// npm run bench:augmentation [-- SIDE…] — images a second of processor time on one core, drawn, applied and mixed, for each preset and for the further operations.
import { applyMix, augmentImage, Augmenter, Policy } from '../src/core/augmentation';
import { defaultOperation, policies, type Augmentation } from '../src/core/config/augmentation';

const sides = process.argv.slice(2).map(Number);
const seconds = 1.5;
const batchSize = 128;
const further: Readonly<Record<string, Augmentation>> = {
  'colorJitter (0.4, 0.4, 0.4, 0.1)': [{ ...defaultOperation('colorJitter'), brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 }],
  'randomResizedCrop alone': [defaultOperation('randomResizedCrop')],
  'randomErasing alone': [defaultOperation('randomErasing')],
};

/** The processor's time, compiler and garbage collector included: what else runs on the machine takes nothing from it. */
const cpuMilliseconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Median of six rounds. */
function imagesPerSecond(augmentation: Augmentation, side: number): number {
  const size = { width: side, height: side };
  const bytes = side * side * 3;
  // Real photographs and noise cost the same: no operation's time depends on content but autocontrast's and equalize's search for the ends.
  const pixels = Uint8Array.from({ length: batchSize * bytes }, (_, i) => (i * 2654435761) >>> 24);
  const out = new Uint8Array(pixels.length);
  const [policy, augmenter] = [new Policy(augmentation, size, 1), new Augmenter(size)];
  const rates: number[] = [];
  for (let round = 0, batch = 0; round < 6; round++) {
    const start = cpuMilliseconds();
    const first = batch;
    do {
      for (let i = 0; i < batchSize; i++) augmentImage(policy, 1 + (batch >> 3), (batch & 7) * batchSize + i, augmenter, pixels.subarray(i * bytes, (i + 1) * bytes), out.subarray(i * bytes, (i + 1) * bytes));
      const mix = policy.mix(1, batch);
      if (mix) applyMix(mix, out, size);
      batch++;
    } while (cpuMilliseconds() - start < (seconds * 1000) / 6);
    rates.push((((batch - first) * batchSize) / (cpuMilliseconds() - start)) * 1000);
  }
  return rates.sort((a, b) => a - b)[3]!;
}

for (const side of sides.length > 0 ? sides : [32]) {
  console.log(`| ${side} × ${side} | images/s a core |\n| --- | ---: |`);
  for (const [name, augmentation] of [...policies.map((one): [string, Augmentation] => [one, one]), ...Object.entries(further)]) {
    console.log(`| ${name} | ${Math.round(imagesPerSecond(augmentation, side)).toLocaleString('en-US')} |`);
  }
}
