/** The Python packages whose libraries are used, pinned. Only their files matter; no Python runs in the app. */
export interface PinnedWheel {
  readonly name: string;
  readonly version: string;
  readonly megabytes: number;
  readonly sha256: string;
  /** Where a file of the wheel goes in the runtime folder; null leaves it out. */
  readonly place: (path: string) => string | null;
}

const tensorFlowLibraries = /^tensorflow\/(libtensorflow_(?:cc|framework)\.so\.2)$/;
// 13,000 headers are in the wheel; the binding's includes close over these folders.
const bindingHeaders = /^tensorflow\/include\/(?:tensorflow\/c|tensorflow\/core\/platform\/ctstring|tsl\/platform\/ctstring|xla\/tsl\/c)/;

const tensorFlowFile = (path: string) => (tensorFlowLibraries.test(path) || bindingHeaders.test(path) ? path : null);

// Flat: 2.21.0 looks for cusolver where it is not, and one missing library drops every GPU. All are found in cuda_runtime/lib.
const unused = /\.alt\.|libcusolverMg|libcufftw|libnvblas|nvvm\/lib64/;
const flatLibrary = (path: string) => (/\.so[.\d]*$/.test(path) && !unused.test(path) ? `nvidia/cuda_runtime/lib/${path.split('/').at(-1)}` : null);
// Needed without XLA too: TensorFlow compiles elementwise kernels when they are first used.
const compilerFile = (path: string) =>
  path.endsWith('/bin/ptxas') ? 'nvidia/cuda_nvcc/bin/ptxas' : path.endsWith('libdevice.10.bc') ? 'nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc' : null;

const nvidia = (part: string, version: string, megabytes: number, sha256: string, place = flatLibrary): PinnedWheel =>
  ({ name: `nvidia-${part}-cu12`, version, megabytes, sha256, place });

export const cpuWheels: readonly PinnedWheel[] = [
  { name: 'tensorflow-cpu', version: '2.21.0', megabytes: 275, sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c', place: tensorFlowFile },
];

export const gpuWheels: readonly PinnedWheel[] = [
  { name: 'tensorflow', version: '2.21.0', megabytes: 572, sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124', place: tensorFlowFile },
  nvidia('cublas', '12.9.3.13', 581, 'd7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72'),
  nvidia('cudnn', '9.10.2.21', 707, '949452be657fa16687d0930933f032835951ef0892b37d2d53824d1a84dc97a8'),
  nvidia('cuda-runtime', '12.9.79', 4, '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3'),
  nvidia('cufft', '11.4.1.4', 201, 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28'),
  nvidia('cusolver', '11.7.5.82', 338, '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88'),
  nvidia('cusparse', '12.5.10.65', 366, '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78'),
  nvidia('nvjitlink', '12.9.86', 40, 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9'),
  nvidia('cuda-nvrtc', '12.9.86', 90, '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4'),
  nvidia('cuda-nvcc', '12.9.86', 41, '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0', compilerFile),
];

/** Disk that the unpacked files take, in bytes; measured. */
export const unpackedBytes = { cpu: 930e6, gpu: 4.6e9 } as const;

export const wheelsOf = (variant: 'cpu' | 'gpu'): readonly PinnedWheel[] => (variant === 'gpu' ? gpuWheels : cpuWheels);

/** By the rounded sizes of the list. */
export const downloadBytes = (variant: 'cpu' | 'gpu'): number => wheelsOf(variant).reduce((sum, { megabytes }) => sum + megabytes * 1e6, 0);

/** The name of a wheel in the download folder, and in an offline pack. */
export const wheelFile = ({ name, version }: Pick<PinnedWheel, 'name' | 'version'>) => `${name}-${version}.whl`;
