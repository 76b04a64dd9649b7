import type { ExportFormat } from '../../contracts/exports';
import type { ModelDescription } from '../model/trainedModel';
import { needsTorchvision, torchModel } from './torchNetworks';

interface Example {
  readonly file: string;
  readonly text: string;
}

/** A few lines that go from an image file to a label with the format's own tools. Texts of the user's stay in labels.txt. */
export function exampleOf(format: ExportFormat, model: ModelDescription): Example {
  switch (format) {
    case 'onnx': return python('numpy pillow onnxruntime', [
      'import numpy as np', 'import onnxruntime', 'from PIL import Image', ...here, ...labels, ...image(model),
      'session = onnxruntime.InferenceSession(here / "model.onnx")',
      'probabilities = session.run(["probabilities"], {"images": np.asarray(image)[None]})[0][0]', ...said,
    ]);
    case 'savedmodel': return python('pillow tensorflow', [
      'import numpy as np', 'import tensorflow as tf', 'from PIL import Image', ...here, ...labels, ...image(model),
      'model = tf.saved_model.load(str(here)).signatures["serving_default"]',
      'probabilities = model(images=tf.constant(np.asarray(image)[None]))["probabilities"][0].numpy()', ...said,
    ]);
    case 'safetensors': return python(`numpy pillow torch ${vision(model)}safetensors`, [
      'import numpy as np', 'import torch', ...importVision(model), 'from PIL import Image', 'from safetensors.torch import load_file', ...here, ...labels, ...image(model), ...torchModel(model),
      'model.load_state_dict(load_file(here / "model.safetensors"))', ...torchRun(model), ...said,
    ]);
    case 'weights': return python(`numpy pillow torch ${vision(model)}`.trimEnd(), [
      'import json', 'import numpy as np', 'import torch', ...importVision(model), 'from PIL import Image', ...here, ...labels, ...image(model), ...torchModel(model),
      'entries = json.loads((here / "weights.json").read_text("utf-8"))["tensors"]',
      'read = lambda e: np.fromfile(here / "weights.bin", "<f4", int(np.prod(e["shape"])), offset=e["offsetBytes"]).reshape(e["shape"])',
      'model.load_state_dict({e["name"]: torch.from_numpy(read(e)) for e in entries})', ...torchRun(model), ...said,
    ]);
    case 'tfjs': return { file: 'example.mjs', text: tfjs(model) };
  }
}

const python = (packages: string, lines: readonly string[]): Example => ({
  file: 'example.py', text: `# python example.py IMAGE    (pip install ${packages})\nimport sys\nfrom pathlib import Path\n${lines.join('\n')}\n`,
});

const vision = (model: ModelDescription) => (needsTorchvision(model) ? 'torchvision ' : '');
const importVision = (model: ModelDescription) => (needsTorchvision(model) ? ['import torchvision'] : []);
const here = ['here = Path(__file__).parent'];
const labels = ['labels = (here / "labels.txt").read_text("utf-8").splitlines()'];
const image = ({ input: { width, height } }: ModelDescription) => [`image = Image.open(sys.argv[1]).convert("RGB").resize((${width}, ${height}))`];
const said = ['best = int(probabilities.argmax())', 'print(f"{labels[best]} {float(probabilities[best]):.4f}")'];

const torchRun = ({ normalization: { mean, deviation } }: ModelDescription) => [
  `x = (torch.from_numpy(np.array(image)) / 255 - torch.tensor([${mean.join(', ')}])) / torch.tensor([${deviation.join(', ')}])`,
  'probabilities = model.eval()(x.permute(2, 0, 1)[None].float())[0].softmax(0).detach().numpy()',
];

const tfjs = ({ input: { width, height } }: ModelDescription) => `// node example.mjs IMAGE.png    (npm install @tensorflow/tfjs pngjs). In a browser: await tf.loadGraphModel('model.json')
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { PNG } from 'pngjs';
const read = (name) => readFileSync(new URL(name, import.meta.url));
const { modelTopology, signature, weightsManifest: [{ paths, weights }] } = JSON.parse(read('model.json'));
const weightData = Uint8Array.from(Buffer.concat(paths.map(read))).buffer;
const model = await tf.loadGraphModel({ load: async () => ({ modelTopology, signature, format: 'graph-model', weightSpecs: weights, weightData }) });
const png = PNG.sync.read(readFileSync(process.argv[2]));
const rgb = tf.tensor3d(png.data, [png.height, png.width, 4], 'int32').slice([0, 0, 0], [-1, -1, 3]);
const sized = png.height === ${height} && png.width === ${width} ? rgb : rgb.resizeBilinear([${height}, ${width}]).round().toInt();
const probabilities = model.execute({ images: sized.expandDims() }, 'probabilities').dataSync();
const best = probabilities.indexOf(Math.max(...probabilities));
console.log(read('labels.txt').toString().split('\\n')[best], probabilities[best].toFixed(4));
`;
