import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { writeMetrics } from '../../src/interchange/metrics/writeMetrics';
import { measuredRun } from '../support/measuredRun';
import { itWithPython, python } from './python';

describe('metrics in the hands of other programs', () => {
  itWithPython(['tensorboard', 'PIL'], 'TensorBoard reads scalars, images and hyperparameters', async () => {
    const { folder, id } = await measuredRun('試験 <a> & b');
    const out = join(folder, 'tb');
    await writeMetrics(folder, 'one-abcdef', 'tensorboard', out);
    const read = python(`
import io, json, math, sys
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import plugin_data_pb2
acc = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0, "tensors": 0}); acc.Reload()
tags = acc.Tags()
images = [acc.Images(tag)[0] for tag in sorted(tags["images"])]
meta = acc.summary_metadata
start = plugin_data_pb2.HParamsPluginData.FromString(meta["_hparams_/session_start_info"].plugin_data.content).session_start_info
end = plugin_data_pb2.HParamsPluginData.FromString(meta["_hparams_/session_end_info"].plugin_data.content).session_end_info
print(json.dumps({
  "scalars": sorted(tags["scalars"]),
  "loss": [[e.step, None if math.isnan(e.value) else e.value] for e in acc.Scalars("step/loss")],
  "times": [round(e.wall_time - acc.Scalars("step/loss")[0].wall_time, 3) for e in acc.Scalars("step/loss")],
  "validation": [[e.step, e.value] for e in acc.Scalars("epoch/validationAccuracy")],
  "images": [[i.width, i.height, list(Image.open(io.BytesIO(i.encoded_image_string)).getdata())[1]] for i in images],
  "momentum": start.hparams["optimizer.momentum"].number_value, "architecture": start.hparams["model.architecture"].string_value, "start": start.hparams["model.start"].string_value, "group": start.group_name,
  "status": end.status, "plugin": meta["_hparams_/session_start_info"].plugin_data.plugin_name}))`, [join(out, id)]);
    expect(read).toMatchObject({
      loss: [[1, 2.5], [2, 1.25], [3, null]], times: [0, 0.01, 0.03], validation: [[2, 0.125]], images: [[4, 4, [3, 4, 5]], [4, 4, [51, 52, 53]]],
      momentum: 0.9, architecture: 'resnet50', start: 'scratch', group: 'one-abcdef', status: 2, plugin: 'hparams',
    });
    expect((read as { scalars: string[] }).scalars).toEqual(expect.arrayContaining(['step/loss', 'step/accuracy', 'step/learningRate', 'epoch/trainLoss', 'epoch/plainTrainAccuracy', 'epoch/validationLoss']));
  });

  itWithPython(['tensorboard'], 'TensorBoard\'s hyperparameters view finds the runs of an experiment', async () => {
    const { folder } = await measuredRun();
    const out = join(folder, 'tb');
    await writeMetrics(folder, 'one-abcdef', 'tensorboard', out);
    expect(python(`
import json, sys
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.plugins import base_plugin
from tensorboard.plugins.hparams import backend_context, list_session_groups, api_pb2
from tensorboard import context
mux = plugin_event_multiplexer.EventMultiplexer(); mux.AddRunsFromDirectory(sys.argv[1]); mux.Reload()
provider = data_provider.MultiplexerDataProvider(mux, sys.argv[1])
backend = backend_context.Context(base_plugin.TBContext(data_provider=provider))
ctx = context.RequestContext()
experiment = backend.experiment_from_metadata(ctx, "", True, backend.hparams_metadata(ctx, ""), backend.hparams_from_data_provider(ctx, "", limit=None))
request = api_pb2.ListSessionGroupsRequest(slice_size=9, start_index=0, include_metrics=True, allowed_statuses=[api_pb2.STATUS_FAILURE, api_pb2.STATUS_SUCCESS, api_pb2.STATUS_UNKNOWN, api_pb2.STATUS_RUNNING])
groups = list_session_groups.Handler(ctx, backend, "", request).run()
print(json.dumps({"groups": [g.name for g in groups.session_groups], "hparams": sorted(i.name for i in experiment.hparam_infos)[:3], "batch": groups.session_groups[0].hparams["batchSize"].number_value}))`, [out]))
      .toEqual({ groups: ['one-abcdef'], hparams: ['augmentation', 'batchSize', 'data.dataset'], batch: 128 });
  });

  itWithPython(['mlflow'], 'MLflow reads the runs, their parameters and every point', async () => {
    const { folder, id } = await measuredRun('試験 <a> & b');
    const out = join(folder, 'mlruns');
    await writeMetrics(folder, 'one-abcdef', 'mlflow', out);
    expect(python(`
import json, math, os, sys
os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")
from mlflow.tracking import MlflowClient
client = MlflowClient(tracking_uri=sys.argv[1])
experiment = client.get_experiment_by_name("一")
runs = client.search_runs([experiment.experiment_id])
run = runs[0]
history = client.get_metric_history(run.info.run_id, "stepLoss")
print(json.dumps({"runs": len(runs), "name": run.info.run_name, "status": run.info.status, "momentum": run.data.params["optimizer.momentum"], "id": run.data.tags["cultivar.runId"],
  "validation": run.data.metrics["validationAccuracy"], "loss": [[m.step, None if math.isnan(m.value) else m.value] for m in history], "started": run.info.start_time}))`, [out]))
      .toEqual({ runs: 1, name: '試験 <a> & b', status: 'FAILED', momentum: '0.9', id, validation: 0.125, loss: [[1, 2.5], [2, 1.25], [3, null]], started: Date.parse('2026-11-26T00:00:00.000Z') });
  });

  itWithPython(['pandas'], 'pandas reads the CSV files and joins them', async () => {
    const { folder, id } = await measuredRun();
    const out = join(folder, 'csv');
    await writeMetrics(folder, 'one-abcdef', 'csv', out);
    expect(python(`
import json, sys, pandas as pd
runs, steps, epochs = (pd.read_csv(f"{sys.argv[1]}/{name}.csv") for name in ("runs", "steps", "epochs"))
both = steps.merge(runs, on="runId")
print(json.dumps({"rows": len(both), "nan": int(steps.loss.isna().sum()), "loss": steps.loss.tolist()[:2], "name": runs.run[0], "architecture": both["model.architecture"][0], "validation": epochs.validationAccuracy.tolist(), "id": runs.runId[0]}))`, [out]))
      .toEqual({ rows: 3, nan: 1, loss: [2.5, 1.25], name: '\'=試験, "x"\n二行', architecture: 'resnet50', validation: [0.125], id });
  });
});
