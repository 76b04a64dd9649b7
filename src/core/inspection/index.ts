// What a policy does to images, made visible: what training feeds, strips of strengths, switches, moments, counts, and a sheet of it.
export { drawFact, mixFact } from './facts';
export { DrawCounts, type DrawnShare } from './histogram';
export { Inspector, labelWeights, type DrawnImage } from './inspector';
export { deviationPixels, meanPixels, Moments } from './moments';
export { Session, toRgba, type AppliedTile, type Place, type Resolution, type SessionData } from './session';
export { reducedSize } from './reduced';
export { paintedTiles, sheetOf, type Sheet } from './sheet';
export { spread, stripSubjects, type StripSubject } from './strip';
export { drawShares, policySwitches, withoutSwitched, type DrawShare } from './switches';
export type { Term } from './terms';
export { TrainingOrder } from './trainingOrder';
export { factText, labelOf, labelText, magnitudeText, termText, type FactText } from './words';
