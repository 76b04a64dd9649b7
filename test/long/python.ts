import { execFileSync } from 'node:child_process';
import { it } from 'vitest';

/** The environment that scripts/testLong.ts made, or one of a person's own. */
const interpreter = process.env.CULTIVAR_ECO_PYTHON ?? 'python3';
const environment = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '-1', PYTHONWARNINGS: 'ignore' };

/**
 * Runs a Python program and returns what it printed, as JSON.
 * @param code prints one JSON document as its last line
 * @throws the program's stderr where it fails
 */
export function python(code: string, args: readonly string[] = []): unknown {
  const output = execFileSync(interpreter, ['-c', code, ...args], { env: environment, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? 'null');
}

const problems = new Map<string, string | null>();

/** Why a module cannot be imported; null where it can. */
function importProblem(name: string): string | null {
  const known = problems.get(name);
  if (known !== undefined) return known;
  let problem: string | null = null;
  try {
    execFileSync(interpreter, ['-c', `import ${name}`], { env: environment, stdio: 'pipe' });
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer };
    problem = String(stderr ?? '').trim().split('\n').at(-1) || message;
  }
  problems.set(name, problem);
  return problem;
}

/** A test that needs Python modules. Where one cannot be imported it is skipped, with the reason printed. */
export function itWithPython(modules: readonly string[], name: string, test: () => void | Promise<void>): void {
  const lacking = modules.map((module) => [module, importProblem(module)] as const).filter(([, problem]) => problem !== null);
  if (lacking.length === 0) {
    it(name, test);
    return;
  }
  const reason = lacking.map(([module, problem]) => `${module}: ${problem}`).join('; ');
  console.warn(`SKIPPED ${name}: ${reason}`);
  it.skip(`${name} (${reason})`, test);
}
