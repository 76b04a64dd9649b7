import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { StemName } from '../src/core/model/architecture';
import type { NetworkSpec } from '../src/engine/step/network';

interface Primitive {
  readonly name: string;
  readonly ms: number;
}

/**
 * Where a training step goes: oneDNN's own account of each primitive (ONEDNN_VERBOSE=1) in a process of its own, in milliseconds a
 * step; what is left of the step is TensorFlow's own kernels. Telling costs the step little: one line a primitive.
 */
export async function profile(stem: StemName, batchSize: number, precision: NetworkSpec['precision'], steps: number): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'stepProcess.ts'), stem, String(batchSize), precision], {
    env: { ...process.env, ONEDNN_VERBOSE: '1' }, stdio: ['pipe', 'pipe', 'inherit'],
  });
  const warmUps = 2;
  const primitives: Primitive[] = [];
  const stepMs: number[] = [];
  let [done, started] = [-warmUps, performance.now()];
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const fields = line.split(',');
      if (fields[0] === 'onednn_verbose') {
        // onednn_verbose,v1,primitive,exec,cpu,KIND,IMPLEMENTATION,DIRECTION,MEMORY,ATTRIBUTES,AUXILIARY,PROBLEM,MILLISECONDS
        if (done >= 0 && fields[3] === 'exec') primitives.push({ name: primitiveName(fields), ms: Number(fields.at(-1)) });
        continue;
      }
      if (line !== 'ready') {
        if (done >= 0) stepMs.push(performance.now() - started);
        done++;
      }
      if (done === steps) break;
      started = performance.now();
      child.stdin.write('\n');
    }
  } finally {
    child.kill();
  }
  if (stepMs.length < steps) throw new Error('The profiled process ended before its last step.');
  return profileTable(`${stem} stem, batch ${batchSize}, ${precision}`, primitives, stepMs);
}

const primitiveName = (fields: readonly string[]): string => {
  const [kind, implementation, direction] = fields.slice(5, 8);
  return [kind, direction === 'undef' ? '' : direction, fields.at(-2), implementation].filter(Boolean).join(' ');
};

function profileTable(title: string, primitives: readonly Primitive[], stepMs: readonly number[]): string {
  const steps = stepMs.length;
  const whole = stepMs.reduce((a, b) => a + b, 0) / steps;
  const grouped = (key: (name: string) => string) => {
    const groups = new Map<string, { ms: number; count: number }>();
    for (const { name, ms } of primitives) {
      const group = groups.get(key(name)) ?? { ms: 0, count: 0 };
      groups.set(key(name), { ms: group.ms + ms / steps, count: group.count + 1 / steps });
    }
    return [...groups].toSorted(([, a], [, b]) => b.ms - a.ms);
  };
  const row = ([name, { ms, count }]: [string, { ms: number; count: number }]) => `| ${name} | ${Math.round(count)} | ${ms.toFixed(2)} | ${((100 * ms) / whole).toFixed(1)} % |`;
  const told = primitives.reduce((sum, { ms }) => sum + ms / steps, 0);
  const head = ['| | times a step | ms a step | of the step |', '|---|---:|---:|---:|'];
  const kinds = grouped((name) => name.split(' ').filter((word) => /^[a-z_]+$/.test(word)).slice(0, 2).join(' '));
  return [
    `${title}: ${whole.toFixed(0)} ms a step`, '', ...head, ...kinds.map(row), row(['TensorFlow\'s own kernels and waiting', { ms: whole - told, count: 1 }]), '', ...head, ...grouped((name) => name).slice(0, 30).map(row), '',
  ].join('\n');
}
