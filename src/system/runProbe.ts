import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { classifyProbe, type ProbeVerdict } from './classifyProbe';
import { probeEnvironment } from './nativeEnvironment';
import { runProgram } from '../library/program';

/** A new card's code may be compiled at the first start, which takes minutes. */
const timeoutMs = 300_000;

export interface ProbeRun {
  readonly verdict: ProbeVerdict;
  readonly durationMs: number;
}

/**
 * Loads the native runtime in a process of its own and has it run one small real step. A bad driver kills the process that loads it;
 * that must be this one, never the window's or the trainer's.
 * @param environment as `nativeEnvironment` makes it
 * @param program the probe's program and arguments; for tests
 */
export async function runProbe(environment: NodeJS.ProcessEnv, program: readonly [string, ...string[]] = probeProgram()): Promise<ProbeRun> {
  const [command, ...args] = program;
  const probeEnv = probeEnvironment(environment);
  if (process.versions.electron) probeEnv.ELECTRON_RUN_AS_NODE = '1';
  const result = await runProgram(command, args, { timeoutMs, environment: probeEnv });
  switch (result.kind) {
    case 'not-found':
      return { verdict: { state: 'unloadable', error: { code: 'internal', message: `The probe could not be started: ${command} was not found.` } }, durationMs: 0 };
    case 'timed-out':
      return { verdict: classifyProbe({ kind: 'timed-out', afterMs: timeoutMs }, result.stderr, result.stdout), durationMs: result.durationMs };
    case 'ended':
      return { verdict: classifyProbe({ kind: 'ended', code: result.code, signal: result.signal }, result.stderr, result.stdout), durationMs: result.durationMs };
  }
}

/** From the sources the probe is TypeScript, run by tsx; in a build it lies beside the program (or above its chunks). */
function probeProgram(): [string, ...string[]] {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith('.ts')) {
    const loader = pathToFileURL(createRequire(here).resolve('tsx')).href;
    return [process.execPath, '--import', loader, join(dirname(here), '../engine/probe/index.ts')];
  }
  const built = [join(dirname(here), 'probe.js'), join(dirname(here), '..', 'probe.js')].find(existsSync);
  // Nothing of the native runtime may lie inside an archive: the probe runs from the unpacked copy.
  return [process.execPath, (built ?? join(dirname(here), 'probe.js')).replace(/\bapp\.asar\b(?!\.unpacked)/, 'app.asar.unpacked')];
}
