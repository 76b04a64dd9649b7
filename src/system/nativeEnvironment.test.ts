import { expect, test } from 'vitest';
import { nativeEnvironment, probeEnvironment } from './nativeEnvironment';

test('the user\'s library path goes, our compiler\'s folder comes, the rest stays', () => {
  const base = { PATH: '/bin', LD_LIBRARY_PATH: '/opt/cuda/lib64', XLA_FLAGS: '--xla_x=1' };
  expect(nativeEnvironment(base, { cudaDataDir: '/c/cuda_nvcc' })).toEqual({
    PATH: '/bin', XLA_FLAGS: '--xla_x=1 --xla_gpu_cuda_data_dir=/c/cuda_nvcc', TF_FORCE_GPU_ALLOW_GROWTH: 'true', CUDA_CACHE_MAXSIZE: '4294967296',
  });
  expect(nativeEnvironment(base, { cudaDataDir: null, keepLibraryPath: true })).toMatchObject({ LD_LIBRARY_PATH: '/opt/cuda/lib64', XLA_FLAGS: '--xla_x=1' });
  // An installed app's libraries come first: another TensorFlow in the user's path would be loaded instead.
  expect(nativeEnvironment(base, { cudaDataDir: null, libraryDir: '/c/tensorflow', keepLibraryPath: true }).LD_LIBRARY_PATH).toBe('/c/tensorflow:/opt/cuda/lib64');
  expect(nativeEnvironment(base, { cudaDataDir: null, libraryDir: '/c/tensorflow' }).LD_LIBRARY_PATH).toBe('/c/tensorflow');
  expect(base.LD_LIBRARY_PATH).toBe('/opt/cuda/lib64');
  expect(probeEnvironment({ TF_CPP_MIN_LOG_LEVEL: '3' })).toEqual({ TF_CPP_MIN_LOG_LEVEL: '0', TF_CPP_VMODULE: 'dso_loader=1,cuda_diagnostics=1' });
});
