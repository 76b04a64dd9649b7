import { availableParallelism } from 'node:os';
import type { ToolDevice, ToolReport, ToolWork } from '../contracts/tools';
import { isUsingGpuDevice, loadTensorFlow, tensorFlowVersion } from '../engine/backend';
import { embedRun } from '../engine/inspect/embedRun';
import type { RunControl } from '../engine/loop/control';
import { explainRunsMemory } from '../engine/loop/explainRunsMemory';
import { rangeTest } from '../engine/loop/rangeTest';
import { tryBatch } from '../engine/loop/tryBatch';
import { readRun } from '../library/runs';
import { processorName } from '../system/device';

/** One piece of work around a network. @returns how it ended; what it found has been told by then */
export async function doWork(work: ToolWork, control: RunControl, tell: (report: ToolReport) => Promise<void>): Promise<'completed' | 'stopped'> {
  const proceed = async () => {
    await control.yield();
    return !control.stopped;
  };
  switch (work.kind) {
    case 'rangeTest': {
      const result = await rangeTest(work.libraryDir, work.config, work.settings, proceed, (points) => tell({ kind: 'rangeSteps', points }));
      if (!result) return 'stopped';
      await tell({ kind: 'rangeDone', ...result, device: device() });
      return 'completed';
    }
    case 'tryBatch': {
      const result = await tryBatch(work.libraryDir, work.config, work.batchSize, work.steps, proceed);
      if (!result) return 'stopped';
      await tell({ kind: 'batchTried', ...result, device: device() });
      return 'completed';
    }
    case 'explainMemory': {
      await tell({ kind: 'memoryExplained', error: await explainRunsMemory(work.libraryDir, work.runId, work.freeBytes, work.error) });
      return 'completed';
    }
    case 'embed': {
      const { libraryDir, runId, split, projection, most } = work;
      const embeddings = await embedRun(libraryDir, await readRun(libraryDir, runId), split, most, proceed, (done, images) => void tell({ kind: 'embedding', done, images }));
      if (!embeddings) return 'stopped';
      const { features, featureCount } = embeddings;
      // Loaded now: its libraries are for maps alone.
      const { project } = await import('../core/predictions/projection');
      await tell({ kind: 'embedded', embeddings, projection: projection && project(features, featureCount, projection.method, projection.seed, (share) => void tell({ kind: 'mapping', share })) });
      return 'completed';
    }
  }
}

function device(): ToolDevice {
  const tf = loadTensorFlow();
  const gpu = isUsingGpuDevice(tf);
  return {
    kind: gpu ? 'gpu' : 'cpu', name: gpu ? 'NVIDIA GPU' : processorName(), intraOpThreads: Number(process.env['TF_NUM_INTRAOP_THREADS']) || availableParallelism(),
    tensorflowVersion: tensorFlowVersion(tf),
  };
}
