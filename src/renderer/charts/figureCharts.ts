import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TitleComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([LineChart, ScatterChart, CustomChart, GridComponent, MarkLineComponent, TitleComponent, LabelLayout, CanvasRenderer, SVGRenderer]);

type Option = Readonly<Record<string, unknown>>;

/** A chart on a canvas; `host` gives its size. */
export function drawOn(host: HTMLElement) {
  const chart = init(host, null, { renderer: 'canvas' });
  return {
    set: (option: Option, size: { width: number; height: number }) => {
      chart.resize(size);
      chart.setOption(option, { notMerge: true });
    },
    dispose: () => { chart.dispose(); },
  };
}

/** The same chart as an SVG document. @param theme of ECharts, where the option leaves the axes' look to it */
export function chartAsSvg(option: Option, size: { width: number; height: number }, theme: Option | null = null): string {
  const chart = init(null, theme, { renderer: 'svg', ssr: true, ...size });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** An SVG document as PNG bytes, twice its size, on a ground of its own. @throws Error where the browser cannot read it */
export async function svgAsPng(svg: string, size: { width: number; height: number }, ground: string): Promise<Uint8Array> {
  const image = new Image(size.width, size.height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(size.width * 2);
  canvas.height = Math.ceil(size.height * 2);
  const context = canvas.getContext('2d')!;
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/png'); });
  if (!blob) throw new Error('The chart could not be drawn as PNG.');
  return new Uint8Array(await blob.arrayBuffer());
}
