// Tables as data, and the forms in which they leave: CSV, LaTeX, Markdown, HTML.
export { armLabel, comparisonTable, contrastLabel } from './comparisonTables';
export { toCsv } from './csv';
export { escapeHtml, escapeName, toHtml, toLatex, toMarkdown } from './markup';
export { alignmentOf, cellText, intervalText, predictionTableIds, tableIds, type Cell, type Column, type Table, type TableId } from './table';
