import type { Machine } from '../../contracts/machine';
import { causesOf } from '../../core/config/diff';
import type { RunConfig } from '../../core/config/run';
import { numericsVersion } from '../../core/run/numericsVersion';
import type { RunManifest } from '../../library/runManifest';

interface Identity {
  readonly config: RunConfig;
  readonly revision: string;
  readonly numerics: number;
  readonly device: { readonly kind: 'cpu' | 'gpu'; readonly name: string };
  readonly tensorflow: string;
  readonly intraOpThreads: number;
}

/** Runs of equal identity give the same result to the last digit, so that one counts as the other. A commit is recorded, not compared. */
function identityText({ config, revision, numerics, device, tensorflow, intraOpThreads }: Identity): string {
  // What was asked of device and threads is not what was used.
  const { device: _device, intraOpThreads: _threads, ...causes } = causesOf(config);
  return JSON.stringify([causes, revision, numerics, device.kind, device.name, tensorflow, intraOpThreads]);
}

/** Identity that a run of this config would have on this machine. */
export const identityHere = (config: RunConfig, revision: string, machine: Machine): string => identityText({
  config, revision, numerics: numericsVersion, tensorflow: machine.tensorflow, intraOpThreads: config.intraOpThreads ?? machine.threads,
  device: config.device !== 'cpu' && machine.gpu !== null ? { kind: 'gpu', name: machine.gpu } : { kind: 'cpu', name: machine.cpu },
});

/** Identity of a run that is completed with a result; null of any other. */
export function identityOf({ status, config, dataset, numericsVersion: numerics, environment, summary }: RunManifest): string | null {
  if (status !== 'completed' || !environment || !summary.lastValidation || !Number.isFinite(summary.lastValidation.accuracy)) return null;
  // How many epochs fit a time budget is measured anew in every run.
  if (config.resolved.timeBudgetMinutes !== null) return null;
  const { device, intraOpThreads, versions } = environment;
  return identityText({ config: config.resolved, revision: dataset.revision, numerics, device, tensorflow: versions.tensorflow, intraOpThreads });
}

/** The same run as asked for, whatever it is trained on: an experiment's own run is known again by it. */
export const causeText = (config: RunConfig): string => JSON.stringify(causesOf(config));
