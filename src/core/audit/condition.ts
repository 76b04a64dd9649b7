/** `grey`: three equal channels. `constant`: one colour. `nearConstant`: hardly anything can be seen. */
export type Condition = 'grey' | 'constant' | 'nearConstant';

/** Deviation of brightness, of 255, below which hardly anything can be seen. */
const nearConstantDeviation = 4;

/** What is odd about an image; null for the others. Constant ones are not grey as well. @param pixels uint8 RGB */
export function conditionOf(pixels: Uint8Array): Condition | null {
  const [red, green, blue] = [pixels[0]!, pixels[1]!, pixels[2]!];
  let [grey, constant, sum, squares] = [true, true, 0, 0];
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = [pixels[i]!, pixels[i + 1]!, pixels[i + 2]!];
    if (r !== g || g !== b) grey = false;
    if (r !== red || g !== green || b !== blue) constant = false;
    const light = (r + g + b) / 3;
    sum += light;
    squares += light * light;
  }
  if (constant) return 'constant';
  const count = pixels.length / 3;
  const variance = squares / count - (sum / count) ** 2;
  if (variance < nearConstantDeviation ** 2) return 'nearConstant';
  return grey ? 'grey' : null;
}
