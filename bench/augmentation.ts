// npm run bench:augmentation — images a second on one core for crop + flip + TrivialAugment, drawn and applied, at 32 × 32.
import { augmentationStream, augmentImage, Augmenter } from '../src/core/augmentation';
import { policies } from '../src/core/config/run';

const [side, images, seconds] = [32, 1024, 3];
const bytes = side * side * 3;
// Real photographs and noise cost the same: no operation's time depends on content but autocontrast's and equalize's search for the ends.
const pixels = Uint8Array.from({ length: images * bytes }, (_, i) => (i * 2654435761) >>> 24);
const out = new Uint8Array(bytes);
for (const policy of policies) {
  const augmenter = new Augmenter({ width: side, height: side });
  const random = augmentationStream(1);
  const rates: number[] = [];
  for (let round = 0; round < seconds * 2; round++) {
    const start = performance.now();
    let done = 0;
    for (; performance.now() - start < 500; done += images) {
      for (let i = 0; i < images; i++) augmentImage(policy, random, round + done, i, augmenter, pixels.subarray(i * bytes, (i + 1) * bytes), out);
    }
    rates.push((done / (performance.now() - start)) * 1000);
  }
  rates.sort((a, b) => a - b);
  console.log(`| ${policy} | ${Math.round(rates[rates.length >> 1]).toLocaleString('en-US')} |`);
}
