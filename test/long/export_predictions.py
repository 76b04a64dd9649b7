"""Loads exports with their own ecosystem's tool and compares predictions with the trained model's logits.

python export_predictions.py FOLDER TOOL WAY...
FOLDER holds images.bin (uint8 NHWC, made for this check), logits.bin (float32 of the trained model), facts.json, and an export WAY each.
Prints {way: {"changed": images whose largest logit is another one, "difference": largest difference of a logit, "example": what example.py says}}.
"""
import json
import subprocess
import sys
from pathlib import Path

import numpy as np

folder, tool, ways = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
facts = json.loads((folder / "facts.json").read_text("utf-8"))
images = np.fromfile(folder / "images.bin", np.uint8).reshape(-1, facts["height"], facts["width"], 3)
trained = np.fromfile(folder / "logits.bin", "<f4").reshape(len(images), -1)


def onnxruntime_logits(export):
    import onnx
    import onnxruntime

    onnx.checker.check_model(str(export / "model.onnx"), full_check=True)
    session = onnxruntime.InferenceSession(export / "model.onnx")
    # Two sizes of batch: the dimension is free.
    return np.concatenate([session.run(["logits"], {"images": part})[0] for part in (images[:1], images[1:])])


def tensorflow_logits(export):
    import tensorflow as tf

    serve = tf.saved_model.load(str(export)).signatures["serving_default"]
    return np.concatenate([serve(images=tf.constant(part))["logits"].numpy() for part in (images[:1], *np.array_split(images[1:], 9))])


def torch_logits(export):
    import torch
    import torchvision

    manifest = json.loads((export / "manifest.json").read_text("utf-8"))
    model = getattr(torchvision.models, manifest["model"]["architecture"])(num_classes=len(manifest["model"]["classes"]))
    if manifest["model"]["stem"] == "cifar":
        model.conv1, model.maxpool = torch.nn.Conv2d(3, 64, 3, 1, 1, bias=False), torch.nn.Identity()
    if manifest["format"] == "safetensors":
        from safetensors.torch import load_file

        state = load_file(export / "model.safetensors")
    else:
        entries = json.loads((export / "weights.json").read_text("utf-8"))["tensors"]
        state = {e["name"]: torch.from_numpy(np.fromfile(export / "weights.bin", "<f4", int(np.prod(e["shape"])), offset=e["offsetBytes"]).reshape(e["shape"])) for e in entries}
    model.load_state_dict(state, strict=True)
    model.eval()
    normalisation = manifest["model"]["normalization"]
    x = (torch.from_numpy(images).float() / 255 - torch.tensor(normalisation["mean"])) / torch.tensor(normalisation["deviation"])
    with torch.no_grad():
        return torch.cat([model(part) for part in x.permute(0, 3, 1, 2).float().split(100)]).numpy()


found = {}
for way in ways:
    logits = {"onnxruntime": onnxruntime_logits, "tensorflow": tensorflow_logits, "torch": torch_logits}[tool](folder / way)
    said = subprocess.run([sys.executable, folder / way / "example.py", folder / "image.png"], capture_output=True, text=True, encoding="utf-8")
    found[way] = {
        "changed": int((logits.argmax(1) != trained.argmax(1)).sum()), "difference": float(np.abs(logits - trained).max()),
        "example": said.stdout.strip() if said.returncode == 0 else said.stderr[-800:],
    }
print(json.dumps(found))
