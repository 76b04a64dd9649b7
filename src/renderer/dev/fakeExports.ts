import type { ExportCalls, ExportChoice, MadeExport } from '../../contracts/calls/exports';
import type { IpcPush, IpcPushes } from '../../contracts/ipc';
import type { ExportProgress, ExportResult, Parity } from '../../contracts/exports';

type Handlers = { [C in keyof ExportCalls]: (...args: ExportCalls[C]['args']) => ExportCalls[C]['value'] | Promise<ExportCalls[C]['value']> };

const accuracy = (value: number, interval: [number, number]) => ({ value, interval, images: 1000 });
const passed: Parity = {
  state: 'passed', runtime: 'ONNX Runtime 1.30.0', images: 1000, largestLogitDifference: 0.0000124, logitTolerance: 0.0223, changedPredictions: 0, allowedChanges: 1,
  trained: accuracy(0.528, [0.497, 0.5588]), exported: accuracy(0.528, [0.497, 0.5588]), accuracyLossPoints: 0, allowedLossPoints: 0.5, imageFiles: { images: 8, equal: 8 }, problems: [],
};
const failed: Parity = {
  ...passed, state: 'failed', largestLogitDifference: 4.31, logitTolerance: null, changedPredictions: 212, allowedChanges: 50, exported: accuracy(0.441, [0.4105, 0.4719]), accuracyLossPoints: 8.7, allowedLossPoints: 1, imageFiles: { images: 8, equal: 5 },
  problems: ['212 of 1000 predictions changed, more than 50', '8.70 points of accuracy are lost, more than 1.00', '5 of 8 image files got the trained model\'s label'],
};

function made({ format, precision, fold, checkpoint, weights, temperature, runId }: ExportChoice, parity: Parity, bytes: number): MadeExport {
  return {
    path: `/home/me/.local/share/cultivar/runs/${runId}/exports/${format}-${precision}`,
    manifest: {
      schemaVersion: 1, kind: 'cultivar-export', format, precision, folded: fold, run: { id: runId, name: 'Crop + flip, 20 epochs' }, checkpoint: { choice: checkpoint, step: 1580, epochsDone: 20, weights }, temperature: temperature ? { value: 1.62, images: 5000, errorBefore: 0.07, errorAfter: 0.011 } : null,
      model: { architecture: 'resnet18', stem: 'imagenet', classes: ['airplane', 'automobile'], input: { width: 32, height: 32, channels: 3 }, normalization: { mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2], inside: true } },
      data: { id: 'cifar10', name: 'CIFAR-10', revision: '0'.repeat(64) }, parity, good: parity.state === 'passed', files: { 'model.onnx': { bytes, sha256: '0'.repeat(64) } }, cultivarVersion: '0.1.0', createdAt: '2026-11-25T09:12:00.000Z',
    },
  };
}

/** An export in the browser: a few seconds of progress; int8 fails its check, so that this is seen as well. */
export function fakeExportCalls(push: <P extends IpcPush>(name: P, payload: IpcPushes[P]) => void): Handlers {
  const list: MadeExport[] = [];
  let stop: (() => void) | null = null;
  return {
    'exports.chooseParent': () => '/home/me/ドキュメント/models',
    'exports.start': (choice) => new Promise<ExportResult>((resolve, reject) => {
      const phases: ExportProgress['phase'][] = ['read', 'write', 'reference', 'parity', 'finish'];
      let tick = 0;
      const timer = setInterval(() => {
        const phase = phases[Math.floor(tick / 20)];
        if (!phase) {
          clearInterval(timer);
          const own = made(choice, choice.precision === 'int8' ? failed : passed, 44_776_900);
          const kept = own.manifest.good || choice.keepFailed;
          if (kept) list.unshift(own);
          return resolve({ path: kept ? own.path : null, bytes: 44_776_900, manifest: own.manifest, passedOver: [] });
        }
        const counted = phase === 'reference' || phase === 'parity';
        push('export.progress', { runId: choice.runId, progress: { phase, done: counted ? (tick % 20) * 50 : 0, total: counted ? 1000 : 1 } });
        tick++;
      }, 60);
      stop = () => {
        clearInterval(timer);
        reject(new Error('cancelled'));
      };
    }),
    'exports.cancel': () => {
      stop?.();
      return null;
    },
    'exports.list': (runId) => (list.length > 0 ? list : [made({ runId, format: 'safetensors', precision: 'float32', fold: false, checkpoint: 'last', weights: 'raw', temperature: false, keepFailed: false }, passed, 44_772_000)]),
  };
}
