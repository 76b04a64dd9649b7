/**
 * A number that equal pixels share, and others hardly ever: two 32-bit FNV-1a sums over words, of which 53 bits are kept.
 * Who finds two alike compares the pixels.
 */
export function pixelHash(pixels: Uint8Array): number {
  let [one, two] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!;
    one = Math.imul(one ^ value, 0x01000193);
    two = Math.imul(two ^ (value + i), 0x85ebca6b) + 1;
  }
  return (one >>> 0) * 0x200000 + ((two >>> 0) & 0x1fffff);
}

/** Images of one group up to which every pair is told. */
const wholeGroup = 40;

/**
 * Pairs of a group of equal images, ascending indices; of a very large one each image with the first and with the one before it, since all pairs would be
 * a million for fourteen hundred images.
 */
export function pairsOfGroup(group: readonly number[]): { readonly pairs: readonly (readonly [number, number])[]; readonly whole: boolean } {
  if (group.length <= wholeGroup) return { pairs: group.flatMap((a, i) => group.slice(i + 1).map((b) => [a, b] as const)), whole: true };
  return { pairs: group.slice(1).flatMap((b, i) => (i === 0 ? [[group[0]!, b] as const] : [[group[0]!, b] as const, [group[i]!, b] as const])), whole: false };
}
