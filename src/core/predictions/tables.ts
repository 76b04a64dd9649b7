import { count, interval, number, text, type Cell, type Table } from '../tables/table';
import { tableWords } from '../tables/words';
import { decimal, type Locale } from '../text/format';
import type { Answered, Predicted, PredictionReading } from './reading';

const percent = (fraction: number | null) => (fraction === null ? null : fraction * 100);

/** Recall with its Wilson interval, precision and F1 of each class. */
export function classesTable({ perClass, balancedAccuracy }: Pick<PredictionReading, 'perClass' | 'balancedAccuracy'>, locale: Locale): Table {
  const words = tableWords[locale];
  return {
    id: 'classes', title: words.titles.classes, notes: balancedAccuracy === null ? [] : [words.notes.balanced(decimal(balancedAccuracy * 100, 2))],
    columns: [text('class', words.class), count('images', words.images), number('recall', words.recall), interval('interval', words.interval), number('precision', words.precision), number('f1', words.f1)],
    rows: perClass.map(({ name, images, recall, recallInterval, precision, f1 }): Cell[] => [
      name, images, percent(recall), recallInterval && { low: recallInterval.low * 100, high: recallInterval.high * 100 }, percent(precision), percent(f1),
    ]),
  };
}

/** Images by true class and answer. */
export function confusionTable(classes: readonly string[], { confusion }: Pick<PredictionReading, 'confusion'>, locale: Locale): Table {
  const words = tableWords[locale];
  return {
    id: 'confusion', title: words.titles.confusion, notes: [words.notes.confusion],
    columns: [text('label', words.label), ...classes.map((name, i) => count(`answer${i}`, name))],
    rows: confusion.map((row, i): Cell[] => [classes[i]!, ...row]),
  };
}

/** Accuracy by confidence. */
export function calibrationTable({ bins, expectedCalibrationError }: Pick<PredictionReading, 'bins' | 'expectedCalibrationError'>, locale: Locale): Table {
  const words = tableWords[locale];
  return {
    id: 'calibration', title: words.titles.calibration, notes: [words.notes.calibration(decimal(expectedCalibrationError * 100, 2))],
    columns: [count('images', words.images), number('confidence', `${words.confidence} %`), number('accuracy', words.accuracy), interval('interval', words.interval)],
    rows: bins.map(({ images, confidence, accuracy, low, high }): Cell[] => [images, confidence * 100, accuracy * 100, { low: low * 100, high: high * 100 }]),
  };
}

/**
 * Each image: its index in the data set, class, answer and confidence, and where they are known the probabilities of all classes. For
 * programs, so its heads are the same in all languages.
 */
export function answersTable({ classes, indices, labels, probabilities }: Pick<Predicted, 'classes' | 'labels'> & { readonly indices: ArrayLike<number>; readonly probabilities?: ArrayLike<number> }, { answers, confidences }: Answered): Pick<Table, 'columns' | 'rows'> {
  const k = classes.length;
  return {
    columns: [count('index', 'index'), text('label', 'label'), text('answer', 'answer'), number('confidence', 'confidence', 6), ...(probabilities ? classes.map((name, c) => number(`probability${c}`, `p(${name})`, 6)) : [])],
    rows: Array.from(labels, (label, i): Cell[] => [indices[i]!, classes[label]!, classes[answers[i]!]!, confidences[i]!, ...(probabilities ? classes.map((_, c) => probabilities[i * k + c]!) : [])]),
  };
}
