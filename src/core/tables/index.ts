// Tables as data, and the forms in which they leave: CSV, LaTeX, Markdown, HTML.
export { armLabel, comparisonTable } from './comparisonTables';
export { toCsv } from './csv';
export { escapeHtml, escapeName, toHtml, toLatex, toMarkdown } from './markup';
export { cellText, intervalText, predictionTableIds, tableIds, type Cell, type Table } from './table';
