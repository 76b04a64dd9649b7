/** The report's only style sheet. System fonts; a paper's measure; what prints is what is seen. */
export const reportStyle = `
:root { color-scheme: light; --ink: #181c17; --soft: #495047; --quiet: #636b60; --line: #e3e6df; --strong: #c9cec4; --wash: #f4f5f1; --green: #2b6b33; }
* { box-sizing: border-box; }
html { background: #f4f5f1; -webkit-text-size-adjust: 100%; }
body { margin: 24px auto; max-width: 874px; padding: 56px 72px 40px; background: #fff; border: 1px solid var(--line); color: var(--ink); font: 14px/22px "IBM Plex Sans", "IBM Plex Sans JP", "Segoe UI", "Noto Sans", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic UI", Meiryo, system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
html[lang=ja] body { word-break: auto-phrase; line-height: 23px; }
h1 { font-size: 28px; line-height: 37px; font-weight: 500; margin: 6px 0 14px; max-width: 26em; text-wrap: balance; }
h2 { font-size: 14px; line-height: 20px; font-weight: 600; margin: 0 0 6px; }
h2 span, .quiet { color: var(--quiet); font-weight: 400; }
h2 span { font-size: 13px; margin-left: 6px; }
h3 { font-size: 13px; line-height: 20px; font-weight: 600; margin: 12px 0 2px; }
p { margin: 0 0 10px; max-width: 66em; }
.lead { border-left: 3px solid var(--green); padding-left: 15px; margin: 0 0 14px; font-size: 19px; line-height: 28px; font-weight: 500; }
.lead.open { border-color: #6d7469; } .lead.confounded { border-color: #9a5b00; }
.body { color: var(--soft); }
.facts { display: flex; flex-wrap: wrap; gap: 2px 18px; color: var(--quiet); font-size: 13px; margin: 0 0 4px; padding: 0; list-style: none; }
nav { font-size: 13px; margin: 10px 0 0; padding: 8px 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 2px 14px; }
a { color: #256030; text-decoration-color: #9dbf98; text-underline-offset: 3px; }
nav a { text-decoration: none; color: var(--soft); }
section { margin-top: 26px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 18px; margin: 0 0 4px; }
th { font-weight: 400; color: var(--quiet); text-align: left; vertical-align: bottom; border-bottom: 1px solid var(--strong); padding: 3px 0 3px 14px; }
td { padding: 3px 0 3px 14px; vertical-align: top; }
th:first-child, td:first-child { padding-left: 0; }
.right { text-align: right; white-space: nowrap; }
td.mark, th.mark { padding-top: 0; padding-bottom: 0; vertical-align: middle; }
td.arm { width: 34%; padding-left: 17px; text-indent: -17px; min-width: 150px; } td.arm svg { text-indent: 0; }
.effects th, .effects td, .effects td:first-child { padding-left: 10px; } .effects td[rowspan] { padding-left: 0; width: 180px; } .effects td:last-child { min-width: 92px; max-width: 110px; overflow-wrap: normal; }
td.soft { color: var(--soft); }
tbody tr:hover { background: #f8f9f6; }
.lined tbody tr { border-bottom: 1px solid var(--line); }
.wide { overflow-x: auto; } .wide table { font-size: 12px; } .wide th { max-width: 15em; white-space: normal; } .wide th, .wide td { padding-left: 10px; } .wide th:first-child, .wide td:first-child { padding-left: 0; }
svg { display: block; max-width: 100%; height: auto; } td svg, th svg { display: inline-block; vertical-align: middle; max-width: none; }
svg text { font-family: inherit; }
.note, .captions { color: var(--quiet); font-size: 12px; line-height: 18px; margin: 4px 0 0; }
.two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 28px; }
.uneven { display: grid; grid-template-columns: minmax(0, 1.6fr) minmax(0, 1fr); gap: 0 28px; } .uneven table { font-size: 12px; }
.three { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 16px; }
pre.columns { columns: 2; column-gap: 28px; }
ul, ol { margin: 0 0 8px; padding-left: 18px; } li { margin: 0 0 4px; color: var(--soft); } li::marker { color: var(--quiet); }
pre { margin: 4px 0 8px; padding: 10px 12px; background: var(--wash); border-radius: 4px; font: 11.5px/17px "IBM Plex Mono", ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono CJK JP", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: 12px/18px "IBM Plex Mono", ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: 170px minmax(0, 1fr); gap: 2px 16px; margin: 0 0 6px; font-size: 13px; line-height: 20px; } dt { color: var(--quiet); } dd { margin: 0; }
img { image-rendering: pixelated; display: block; max-width: 100%; height: auto; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(82px, 1fr)); gap: 10px 8px; margin: 6px 0; padding: 0; list-style: none; }
.tiles li { font-size: 11px; line-height: 14px; margin: 0; } .tiles img { margin-bottom: 3px; }
figure { margin: 0 0 8px; } figcaption { font-size: 12px; line-height: 18px; color: var(--soft); margin-bottom: 3px; }
.absent { color: var(--soft); border-left: 2px solid var(--strong); padding-left: 12px; }
#runs td:first-child { white-space: nowrap; }
.save { margin-left: 14px; font-size: 12px; font-weight: 400; float: right; }
footer { margin-top: 34px; padding-top: 10px; border-top: 1px solid var(--strong); display: flex; flex-wrap: wrap; gap: 2px 22px; font-size: 12px; color: var(--quiet); }
.leaf { display: inline-block; width: 13px; height: 13px; vertical-align: -2px; fill: var(--green); }
@media screen and (max-width: 760px) { body { margin: 0; padding: 24px 18px; border: 0; } .two, .three, .uneven { grid-template-columns: minmax(0, 1fr); } pre.columns { columns: 1; } section { overflow-x: auto; } dl { grid-template-columns: minmax(0, 1fr); } }
@page { size: A4; margin: 16mm 16mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; color: #636b60; } }
@media print {
  html { background: #fff; } body { margin: 0; padding: 0; border: 0; max-width: none; font-size: 9.6pt; line-height: 14.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, .save { display: none; } .wide { overflow: visible; } .wide table { font-size: 7.6pt; line-height: 10.5pt; } table { font-size: 8.8pt; } thead { display: table-header-group; }
  tr, figure, .tiles li, svg, img, .keep { break-inside: avoid; } h2, h3, figcaption { break-after: avoid; break-inside: avoid; } p, li { orphans: 3; widows: 3; } h1 { font-size: 20pt; line-height: 27pt; } .lead { font-size: 13pt; line-height: 19pt; }
  .page { break-before: page; } pre { font-size: 7.5pt; line-height: 10.5pt; } a { color: inherit; text-decoration: none; }
}`.trim();
