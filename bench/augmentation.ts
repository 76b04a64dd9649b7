// npm run bench:augmentation — images a second of processor time for crop + flip + TrivialAugment, drawn and applied, at 32 × 32.
import { augmentationStream, augmentImage, Augmenter } from '../src/core/augmentation';
import { policies } from '../src/core/config/run';

const [side, images] = [32, 1024];
const bytes = side * side * 3;
// Real photographs and noise cost the same: no operation's time depends on content but autocontrast's and equalize's search for the ends.
const pixels = Uint8Array.from({ length: images * bytes }, (_, i) => (i * 2654435761) >>> 24);
const out = new Uint8Array(bytes);
/** The processor's time, compiler and garbage collector included: what else runs on the machine takes nothing from it. */
const cpuMilliseconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
for (const policy of policies) {
  const augmenter = new Augmenter({ width: side, height: side });
  const random = augmentationStream(1);
  const rates: number[] = [];
  for (let round = 0; round < 6; round++) {
    const start = cpuMilliseconds();
    let done = 0;
    for (; cpuMilliseconds() - start < 500; done += images) {
      for (let i = 0; i < images; i++) augmentImage(policy, random, round + done, i, augmenter, pixels.subarray(i * bytes, (i + 1) * bytes), out);
    }
    rates.push((done / (cpuMilliseconds() - start)) * 1000);
  }
  rates.sort((a, b) => a - b);
  console.log(`| ${policy} | ${Math.round(rates[rates.length >> 1]).toLocaleString('en-US')} |`);
}
