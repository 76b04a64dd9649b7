import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, TitleComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { Drawing, Figure } from '../core/figures';
import { escapeHtml } from '../core/tables';

use([LineChart, CustomChart, GridComponent, TitleComponent, LabelLayout, SVGRenderer]);

/**
 * A figure as an SVG element that stands alone: no scripts, no styles, only presentation attributes, so that a page whose policy forbids
 * inline styles shows it.
 */
export function figureSvg(figure: Figure | Drawing): string {
  if (figure.kind === 'drawing') return figure.svg;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: figure.width, height: figure.height });
  try {
    chart.setOption(figure.option as EChartsCoreOption);
    return withoutStyles(chart.renderToSVGString(), figure.description);
  } finally {
    chart.dispose();
  }
}

/** ECharts writes type as inline styles and a style sheet for states that a still picture has not. */
function withoutStyles(svg: string, description: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => attributes(style))
    .replace(/ (?:ecmeta_[\w-]+|class)="[^"]*"/g, '')
    .replace(/ xml:space="preserve"/g, '')
    // Places to point at, which a still picture has no use for.
    .replace(/<path [^>]*(?:fill="none" pointer-events="visible"|fill-opacity="0"[^>]*stroke-width="0")><\/path>\n?/g, '')
    // Places in hundredths of a pixel; a text keeps its digits, which may be a learning rate's.
    .replace(/<[^>]+>/g, (tag) => tag.replace(/(\d\.\d\d)\d+/g, '$1'))
    .replace('<svg ', `<svg role="img" aria-label="${escapeHtml(description)}" `);
}

const kept = new Set(['font-size', 'font-family', 'font-weight', 'font-style', 'opacity']);

function attributes(style: string): string {
  return style.replaceAll('&quot;', "'").split(';').flatMap((rule) => {
    const [name, value] = rule.split(/:(.*)/s).map((one) => one?.trim());
    return name && value && kept.has(name) ? [` ${name}="${value}"`] : [];
  }).join('');
}
