// Charts as data: a comparison goes in, an ECharts option or a small SVG comes out. Nothing here draws.
export { armStyle } from './armStyle';
export { confusionDrawing, mistakes, mostClassesDrawn, type Confusion } from './confusion';
export { curvesFigure, learningFigure } from './curves';
export { figureIds, predictionFigureIds, type Drawing, type Figure, type FigureId } from './figure';
export { interactionFigure } from './interaction';
export { armRows, armsDrawing, contrastRows, effectsDrawing, intervalKind, rowAxis, rowMark, rowScale, type IntervalRow } from './intervals';
export { reliabilityFigure, type Reliability } from './reliability';
export { lightTheme } from './theme';
export { timeFigure } from './time';
