import { calibrationOf, type CalibrationReading } from '../../../../core/predictions/calibration';
import type { Answered, Predicted } from '../../../../core/predictions/reading';

export interface CalibrationAsked { readonly id: number; readonly predicted: Predicted; readonly answered: Answered }
export interface CalibrationAnswer { readonly id: number; readonly reading: CalibrationReading | null }

// Hundreds of resamples of all images take a third of a second and more: here they keep none of the window's waiting.
addEventListener('message', ({ data: { id, predicted, answered } }: MessageEvent<CalibrationAsked>) => {
  const answer: CalibrationAnswer = { id, reading: calibrationOf(predicted, answered) };
  self.postMessage(answer);
});
