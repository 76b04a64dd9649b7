import { expect, it } from 'vitest';
import { runEnvironment, trainingEnvironment, type NativeHost } from './nativeHost';

const host = (gpusUsed: number, environment: NodeJS.ProcessEnv = {}): NativeHost => ({ environment, gpuNotUsed: null, gpuAwaited: null, gpuName: null, gpusUsed });
const config = { intraOpThreads: null, device: 'auto', xla: false } as const;

it('a run on a GPU is to repeat to the byte; a person\'s own setting counts more', () => {
  expect(trainingEnvironment(host(1), config)).toMatchObject({ TF_DETERMINISTIC_OPS: '1', TF_CUDNN_DETERMINISTIC: '1' });
  expect(trainingEnvironment(host(1, { TF_DETERMINISTIC_OPS: '0' }), config)['TF_DETERMINISTIC_OPS']).toBe('0');
});

it('a run on the CPU, and what is no run, are left as they are', () => {
  expect(trainingEnvironment(host(0), config)).toEqual(runEnvironment(host(0), config));
  expect(trainingEnvironment(host(1), { ...config, device: 'cpu' })).not.toHaveProperty('TF_DETERMINISTIC_OPS');
  expect(runEnvironment(host(1), config)).not.toHaveProperty('TF_DETERMINISTIC_OPS');
});
