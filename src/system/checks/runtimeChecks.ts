import type { DoctorCheck } from '../../contracts/doctor';
import { gibibytes, type ProbeOutcome, type RuntimeFacts } from '../doctorFacts';
import { failed, notRun, passed } from './check';

export function runtimeCheck(runtime: RuntimeFacts): DoctorCheck {
  if (runtime.problem) return failed('runtime', runtime.problem, runtime.problem.message, runtime.folder);
  const checked = runtime.verified === 'hashes' ? 'every hash matches' : 'every file has its size';
  return passed('runtime', `libtensorflow ${runtime.version} for the ${runtime.variant === 'gpu' ? 'GPU' : 'CPU'}, ${checked}`, `${runtime.folder}, ${gibibytes(runtime.bytes)}`);
}

const seconds = (durationMs: number) => `${(durationMs / 1000).toFixed(2)} s`;

/** Two checks of one probe: the binding loads, and a small real step on it gives the right numbers. */
export function probeChecks(probe: ProbeOutcome): [binding: DoctorCheck, testStep: DoctorCheck] {
  if (probe.state === 'not-run') return [notRun('binding', probe.reason), notRun('testStep', probe.reason)];
  const { verdict } = probe;
  switch (verdict.state) {
    case 'unloadable':
      return [failed('binding', verdict.error), notRun('testStep', 'needs the binding')];
    case 'step-failed':
      return [passed('binding', 'loads in a process of its own'), failed('testStep', verdict.error)];
    case 'ready': {
      const { report, gpu } = verdict;
      return [
        passed('binding', `TensorFlow ${report.tensorflowVersion} by N-API 8, loads in a process of its own`, seconds(report.loadMs)),
        passed('testStep', `small step on the ${report.device === 'gpu' ? (gpu?.name ?? 'GPU') : 'CPU'}: loss and gradient right to ${report.deviation.toExponential(0)}`, `${report.stepMs.toFixed(1)} ms`),
      ];
    }
  }
}
