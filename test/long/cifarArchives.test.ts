import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pixelsOf } from '../support/pixelsOf';
import { tempFolder } from '../support/tempFolder';
import { openDataset, verifyDataset } from '../../src/data/openDataset';
import { importDataset } from '../../src/import/importDataset';
import { libraryFolder } from '../../src/library/paths';
import { python } from './python';

// The registry carries CIFAR-10's images and not its archives: these are made of them, by Python's pickle and tar, in their structure and at their
// real size (cs.toronto.edu/~kriz/cifar.html). Both layouts store each image as three planes.
const write = `
import json, os, pickle, struct, subprocess, sys
source, target, kind = sys.argv[1:4]
meta = json.load(open(source + "/manifest.json"))
images, labels = open(source + "/images.bin", "rb").read(), open(source + "/labels.bin", "rb").read()
def planes(i):
    one = images[i * 3072:(i + 1) * 3072]
    return one[0::3] + one[1::3] + one[2::3]
class array:
    """As numpy 1 pickled a uint8 matrix under Python 2: protocol 2, its state a tuple with the bytes."""
def pickled(rows, fields):
    out = [b"\\x80\\x02}("]
    text = lambda s: b"U" + bytes([len(s)]) + s.encode()
    number = lambda n: b"J" + struct.pack("<i", n)
    data = b"".join(rows)
    dtype = b"cnumpy\\ndtype\\n(" + text("u1") + number(0) + number(1) + b"tR(" + number(3) + text("|") + b"NNN" + number(-1) + number(-1) + number(0) + b"tb"
    matrix = b"cnumpy.core.multiarray\\n_reconstruct\\n(cnumpy\\nndarray\\n" + b"(" + number(0) + b"t" + text("b") + b"tR(" + number(1) + b"(" + number(len(rows)) + number(3072) + b"t" + dtype + b"\\x89T" + struct.pack("<i", len(data)) + data + b"tb"
    out += [text("data"), matrix]
    for name, values in fields:
        out += [text(name), b"]("] + [number(v) if isinstance(v, int) else text(v) for v in values] + [b"e"]
    return b"".join(out) + b"u."
hundred = kind.startswith("cifar-100")
folder = {"cifar-10-python": "cifar-10-batches-py", "cifar-10-binary": "cifar-10-batches-bin", "cifar-100-python": "cifar-100-python", "cifar-100-binary": "cifar-100-binary"}[kind]
os.makedirs(target + "/" + folder)
put = lambda name, data: open(target + "/" + folder + "/" + name, "wb").write(data)
fine = lambda i: labels[i] * 10 + i % 10
batches = [("train", 0, 50000), ("test", 50000, 60000)] if hundred else [("data_batch_%d" % (b + 1), b * 10000, (b + 1) * 10000) for b in range(5)] + [("test_batch", 50000, 60000)]
for name, start, end in batches:
    rows = [planes(i) for i in range(start, end)]
    if kind.endswith("python"):
        names = ["image_%05d.png" % i for i in range(start, end)]
        of = [("filenames", names)] + ([("fine_labels", [fine(i) for i in range(start, end)]), ("coarse_labels", [labels[i] for i in range(start, end)])] if hundred else [("labels", [labels[i] for i in range(start, end)])])
        put(name, pickled(rows, of))
    else:
        put(name + ".bin", b"".join((bytes([labels[i], fine(i)]) if hundred else bytes([labels[i]])) + row for i, row in zip(range(start, end), rows)))
if kind.endswith("python"):
    if hundred: put("meta", pickle.dumps({"fine_label_names": ["fine %02d" % i for i in range(100)], "coarse_label_names": ["coarse %02d" % i for i in range(20)]}, protocol=2))
    else: put("batches.meta", pickle.dumps({"num_cases_per_batch": 10000, "label_names": meta["classes"], "num_vis": 3072}, protocol=2))
elif hundred:
    put("fine_label_names.txt", "".join("fine %02d\\n" % i for i in range(100)).encode())
    put("coarse_label_names.txt", "".join("coarse %02d\\n" % i for i in range(20)).encode())
else: put("batches.meta.txt", ("\\n".join(meta["classes"]) + "\\n\\n").encode())
put("readme.html", b"<html></html>")
subprocess.check_call(["tar", "--create", "--gzip", "--file", target + "/" + kind + ".tar.gz", "--directory", target, folder])
print(json.dumps(os.path.getsize(target + "/" + kind + ".tar.gz")))`;

describe('CIFAR as it is distributed, at its real size', () => {
  it.each(['cifar-10-python', 'cifar-10-binary', 'cifar-100-python', 'cifar-100-binary'])('%s', async (kind) => {
    const original = await openDataset(libraryFolder(), 'cifar10');
    const [folder, library] = [tempFolder(), tempFolder()];
    const bytes = python(write, [join(libraryFolder(), 'datasets/cifar10'), folder, kind]) as number;
    expect(bytes).toBeGreaterThan(100e6);
    const before = process.memoryUsage().rss;
    let peak = before;
    const result = await importDataset({
      library, path: join(folder, `${kind}.tar.gz`), options: { name: kind, side: null, fit: 'crop', testPercent: 0, seed: 0, validation: 'pool', licence: '' },
      onProgress: () => { peak = Math.max(peak, process.memoryUsage().rss); },
    });
    console.log(`${kind}: ${(bytes / 1e6).toFixed(0)} MB, 60,000 images in ${(result.elapsedMs / 1000).toFixed(1)} s, ${((peak - before) / 1e6).toFixed(0)} MB of memory more at most`);
    expect([result.counts, result.record.quarantined, result.record.resampled]).toEqual([{ train: 50_000, test: 10_000 }, 0, 0]);
    const { store, classes } = await openDataset(library, result.id);
    expect(classes).toHaveLength(kind.startsWith('cifar-100') ? 100 : 10);
    expect(Buffer.from(pixelsOf(store).buffer).equals(Buffer.from(pixelsOf(original.store).buffer))).toBe(true);
    expect(store.labels.every((label, i) => label === (kind.startsWith('cifar-100') ? original.store.labels[i]! * 10 + (i % 10) : original.store.labels[i]))).toBe(true);
    await verifyDataset(library, result.id, { deep: true });
    execFileSync('rm', ['-rf', folder, library]);
  });
});
