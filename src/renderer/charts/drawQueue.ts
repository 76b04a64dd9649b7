/**
 * Draws at most one chart a frame, in the order in which they asked: five charts that change at once would otherwise make one long
 * frame. Nothing is drawn while the window is hidden; what asked meanwhile is drawn once it shows again.
 */
const waiting = new Set<() => void>();
let frame = 0;

function next(): void {
  frame = 0;
  const [draw] = waiting;
  if (!draw || document.hidden) return;
  waiting.delete(draw);
  draw();
  ask();
}
function ask(): void {
  if (frame === 0 && waiting.size > 0 && !document.hidden) frame = requestAnimationFrame(next);
}

/** Asks for a frame; asking again before it came changes nothing. */
export function queueDraw(draw: () => void): void {
  waiting.add(draw);
  ask();
}

export const dropDraw = (draw: () => void): void => { waiting.delete(draw); };

if (typeof document !== 'undefined') document.addEventListener('visibilitychange', ask);
