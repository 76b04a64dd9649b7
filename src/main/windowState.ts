import { z } from 'zod';
import { readJson, writeJsonAtomic } from '../library/atomic';

export const minimumSize = { width: 1024, height: 700 } as const;
const defaultSize = { width: 1440, height: 900 } as const;

const windowStateSchema = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive(), maximized: z.boolean() });

export type WindowState = z.output<typeof windowStateSchema>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Size and place of the window, in DIPs; without x and y it is centred. */
export type Placement = { readonly width: number; readonly height: number; readonly maximized: boolean; readonly x?: number; readonly y?: number };

/** A remembered place is taken only where a screen still shows enough of it to grasp; sizes fit the screen and stay above the minimum. */
export function placeWindow(remembered: WindowState | null, workAreas: readonly [Area, ...Area[]]): Placement {
  const seen = remembered && workAreas.find((area) => overlap(remembered, area) >= 0.25 * Math.min(remembered.width * remembered.height, area.width * area.height));
  const area = seen ?? workAreas[0];
  const width = Math.max(minimumSize.width, Math.min(remembered?.width ?? defaultSize.width, area.width));
  const height = Math.max(minimumSize.height, Math.min(remembered?.height ?? defaultSize.height, area.height));
  return { width, height, maximized: remembered?.maximized ?? false, ...(seen && { x: remembered.x, y: remembered.y }) };
}

function overlap(a: Area, b: Area): number {
  const length = (start: 'x' | 'y', size: 'width' | 'height') => Math.max(0, Math.min(a[start] + a[size], b[start] + b[size]) - Math.max(a[start], b[start]));
  return length('x', 'width') * length('y', 'height');
}

/** The remembered state; null where there is none or it cannot be read: a window's place is no reason not to start. */
export async function readWindowState(path: string): Promise<WindowState | null> {
  const parsed = windowStateSchema.safeParse(await readJson(path).catch(() => null));
  return parsed.success ? parsed.data : null;
}

export const writeWindowState = (path: string, state: WindowState) => writeJsonAtomic(path, state);
