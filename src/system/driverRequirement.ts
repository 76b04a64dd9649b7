/** What a GPU needs of its driver for the CUDA 12 libraries that TensorFlow 2.21 is used with. */
export type DriverVerdict =
  | { readonly state: 'ok'; readonly needed: string }
  | { readonly state: 'too-old'; readonly needed: string }
  | { readonly state: 'not-known'; readonly needed: string };

/**
 * The oldest driver for a compute capability: 525 for CUDA 12 (CUDA compatibility table); Hopper's elementwise kernels carry PTX 8.5,
 * which 555 is the first to know; cuDNN's support matrix asks 570.26 for Blackwell.
 */
function minimumDriver(computeCapability: string | null): string {
  const major = Number(computeCapability?.split('.')[0] ?? 0);
  if (major >= 10) return '570.26';
  return major === 9 ? '555' : '525';
}

export function judgeDriver(version: string | null, computeCapability: string | null): DriverVerdict {
  const needed = minimumDriver(computeCapability);
  if (version === null || !/^\d+(\.\d+)*$/.test(version)) return { state: 'not-known', needed };
  return { state: compareVersions(version, needed) < 0 ? 'too-old' : 'ok', needed };
}

/** Numeric, part by part; a missing part is 0. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < Math.max(left!.length, right!.length); i++) {
    const difference = (left![i] ?? 0) - (right![i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether TensorFlow 2.21 has code for a card. `experimental`: by PTX, no success on a real card is known. */
export function capabilitySupport(computeCapability: string | null): 'native' | 'experimental' | 'unsupported' | 'not-known' {
  const capability = Number(computeCapability ?? Number.NaN);
  if (!Number.isFinite(capability)) return 'not-known';
  if (capability < 6) return 'unsupported';
  return capability >= 10 ? 'experimental' : 'native';
}
