import { CounterRandom } from '../random/philox';
import { binOf, calibrationBins, type Answered, type Predicted } from './reading';

/** Fractions from 0 to 1. */
export interface CalibrationReading {
  /** 95 %: of the expected calibration error, over images. */
  readonly interval: { readonly low: number; readonly high: number };
  /** What the logits are to be divided by. */
  readonly temperature: number;
  /** The expected calibration error after that, each half of the images under the temperature of the other. */
  readonly errorAfter: number;
}

/** Below and above, a set of images says no more than that. */
const temperatures = { low: 0.05, high: 20 };
/** Whether a fitted temperature stands where the search ends: nearly every answer is right, or hardly one, and the images say no more than that. */
export const isTemperatureLimit = (temperature: number): boolean => temperature < temperatures.low * 1.001 || temperature > temperatures.high / 1.001;

/** Exponentials a fit may take: more images are thinned out evenly, which moves one number little. */
const mostValues = 2_000_000;
/** Images drawn in all resamples of one kind. */
const mostDraws = 2_000_000;

/**
 * How sure the calibration error is, and what one temperature would make of it. The same numbers each time.
 * @returns null for fewer than two images
 */
export function calibrationOf(predicted: Predicted, answered: Answered): CalibrationReading | null {
  const n = predicted.labels.length;
  if (n < 2) return null;
  const scaled = new Float64Array(n);
  for (const half of [0, 1]) {
    const own = Array.from({ length: Math.floor((n - half + 1) / 2) }, (_, i) => half + 2 * i);
    const temperature = fitTemperature(predicted, Array.from({ length: Math.floor((n + half) / 2) }, (_, i) => 1 - half + 2 * i));
    for (const image of own) scaled[image] = confidenceAt(predicted, answered, image, temperature);
  }
  const all = Array.from({ length: n }, (_, i) => i);
  return {
    interval: errorInterval(answered, predicted.labels),
    temperature: fitTemperature(predicted, all),
    errorAfter: calibrationError(surpluses({ answers: answered.answers, confidences: scaled }, predicted.labels), all),
  };
}

/**
 * The temperature by which the images' log loss is least (Guo et al., ICML 2017), between 0.05 and 20: the logits divided by it keep every
 * answer and change how sure it is. The loss is convex in 1 / temperature, and found by Newton's steps within a bracket.
 * @param images places among the predictions
 */
export function fitTemperature({ classes, labels, probabilities }: Predicted, images: readonly number[]): number {
  const k = classes.length;
  const stride = Math.max(1, Math.ceil((images.length * k) / mostValues));
  let [low, high] = [1 / temperatures.high, 1 / temperatures.low];
  let inverse = 1;
  for (let step = 0; step < 60 && high - low > 1e-7 * high; step++) {
    let [slope, curvature] = [0, 0];
    for (let at = 0; at < images.length; at += stride) {
      const image = images[at]!;
      let [sum, mean, square, largest] = [0, 0, 0, Number.NEGATIVE_INFINITY];
      for (let c = 0; c < k; c++) largest = Math.max(largest, logOf(probabilities[image * k + c]!));
      for (let c = 0; c < k; c++) {
        const logit = logOf(probabilities[image * k + c]!) - largest;
        const weight = Math.exp(inverse * logit);
        sum += weight;
        mean += weight * logit;
        square += weight * logit * logit;
      }
      mean /= sum;
      slope += mean - (logOf(probabilities[image * k + labels[image]!]!) - largest);
      curvature += square / sum - mean * mean;
    }
    if (slope > 0) high = inverse;
    else low = inverse;
    const newton = inverse - slope / curvature;
    const next = newton > low && newton < high ? newton : Math.sqrt(low * high);
    if (Math.abs(next - inverse) < 1e-7 * inverse) break;
    inverse = next;
  }
  return 1 / inverse;
}

/** Softmax values are stored as float32, whose smallest is 1.4e-45. */
const logOf = (probability: number) => Math.log(Math.max(1.4e-45, probability));

function confidenceAt({ classes, probabilities }: Predicted, { answers }: Answered, image: number, temperature: number): number {
  const k = classes.length;
  const top = logOf(probabilities[image * k + answers[image]!]!);
  let sum = 0;
  for (let c = 0; c < k; c++) sum += Math.exp((logOf(probabilities[image * k + c]!) - top) / temperature);
  return 1 / sum;
}

interface Surpluses {
  readonly bins: Uint8Array;
  /** Right (1 or 0) less the confidence, an image. */
  readonly values: Float64Array;
}

function surpluses({ answers, confidences }: Answered, labels: ArrayLike<number>): Surpluses {
  const bins = Uint8Array.from(confidences, binOf);
  return { bins, values: Float64Array.from(confidences, (confidence, i) => (answers[i] === labels[i] ? 1 : 0) - confidence) };
}

/** Of the images drawn, which may be drawn several times. */
function calibrationError({ bins, values }: Surpluses, drawn: ArrayLike<number>): number {
  const sums = new Float64Array(calibrationBins);
  for (let i = 0; i < drawn.length; i++) sums[bins[drawn[i]!]!]! += values[drawn[i]!]!;
  return sums.reduce((sum, surplus) => sum + Math.abs(surplus), 0) / drawn.length;
}

/**
 * 95 % by a bootstrap over images, seeded. The basic (pivotal) interval: the error is a sum of absolute values, so noise alone raises it, and
 * raises it a second time in every resample; reflected about the estimate that bias is taken off, where the percentiles would double it.
 * It begins at 0 where a network that is as often right as it is sure would often show as large an error (consistency resampling:
 * Bröcker and Smith, Weather and Forecasting 22, 2007).
 */
function errorInterval(answered: Answered, labels: ArrayLike<number>): CalibrationReading['interval'] {
  const n = labels.length;
  const all = surpluses(answered, labels);
  const each = Uint32Array.from({ length: n }, (_, i) => i);
  const error = calibrationError(all, each);
  const resamples = Math.min(1000, Math.max(200, Math.floor(mostDraws / n)));
  const sorted = (make: (random: CounterRandom) => number, stream: string) => {
    const random = new CounterRandom(0, stream, n);
    const errors = Float64Array.from({ length: resamples }, () => make(random)).sort();
    return (share: number) => errors[Math.round(share * (resamples - 1))]!;
  };
  const drawn = new Uint32Array(n);
  const seen = sorted((random) => {
    for (let i = 0; i < n; i++) drawn[i] = random.integer(n);
    return calibrationError(all, drawn);
  }, 'calibration');
  const values = new Float64Array(n);
  const ofTheCalibrated = sorted((random) => {
    for (let i = 0; i < n; i++) values[i] = (random.float() < answered.confidences[i]! ? 1 : 0) - answered.confidences[i]!;
    return calibrationError({ bins: all.bins, values }, each);
  }, 'calibrated');
  const low = error <= ofTheCalibrated(0.95) ? 0 : Math.max(0, 2 * error - seen(0.975));
  return { low, high: Math.max(error, 2 * error - seen(0.025)) };
}
