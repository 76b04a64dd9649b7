import { describe, expect, it } from 'vitest';
import { isUsingGpuDevice, loadTensorFlow, runtimeError, tensorFlowVersion } from './load';

describe('loading', () => {
  it('loads once and knows the version', () => {
    expect(loadTensorFlow()).toBe(loadTensorFlow());
    expect(tensorFlowVersion(loadTensorFlow())).toMatch(/^2\.\d+\.\d+/);
    expect(isUsingGpuDevice(loadTensorFlow())).toBe(false);
  });

  // The words of Node, of tfjs and of the dynamic linker.
  it.each([
    [Object.assign(new Error("Cannot find module '@tensorflow/tfjs-node-gpu'"), { code: 'MODULE_NOT_FOUND' }), 'runtime-missing'],
    [new Error('The Node.js native addon module (tfjs_binding.node) can not be found at path: /x/tfjs_binding.node. \nPlease run …'), 'runtime-missing'],
    [new Error('/x/lib/napi-v8/tfjs_binding.node: cannot open shared object file: No such file or directory'), 'runtime-missing'],
    [new Error('libtensorflow_cc.so.2: cannot open shared object file: No such file or directory'), 'runtime-unloadable'],
    [new Error('/x/libtensorflow_cc.so.2: file too short'), 'runtime-unloadable'],
  ])('%s', (error, code) => {
    expect(runtimeError(error)).toMatchObject({ code, command: 'npm run setup', detail: error.stack });
  });
});
