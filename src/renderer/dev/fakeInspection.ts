import type { InspectionCalls } from '../../contracts/calls/inspection';

const side = 32;

/** The 80 images there are, one in ten held out for validation. */
export function fakeInspectionCalls(classes: readonly string[], images: () => Promise<Uint8Array>): { [C in keyof InspectionCalls]: (...args: InspectionCalls[C]['args']) => InspectionCalls[C]['value'] | Promise<InspectionCalls[C]['value']> } {
  const all = Array.from({ length: 80 }, (_, i) => i);
  return {
    'inspection.open': () => ({
      datasetId: 'cifar10', datasetName: 'CIFAR-10', revision: '9f41c27be0'.padEnd(64, 'a'), width: side, height: side, classes, labels: Uint8Array.from(all, (i) => Math.floor(i / 8)),
      train: Uint32Array.from(all.filter((i) => i % 10 !== 9)), validation: Uint32Array.from(all.filter((i) => i % 10 === 9)), batchSize: 8, run: null,
    }),
    'inspection.images': async (_dataset, _revision, indices) => {
      const pixels = await images();
      const bytes = side * side * 3;
      const picked = new Uint8Array(indices.length * bytes);
      indices.forEach((index, i) => { picked.set(pixels.subarray(index * bytes, (index + 1) * bytes), i * bytes); });
      return { width: side, height: side, pixels: picked };
    },
  };
}
