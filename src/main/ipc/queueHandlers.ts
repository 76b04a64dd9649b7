import { z } from 'zod';
import { mostAtOnce } from '../../library/queueFile';
import type { AppContext } from '../context';
import { handler, id, nothing, type Handlers } from './register';

type QueueCalls = Extract<keyof Handlers, `queue.${string}`>;

export function queueHandlers({ queue }: AppContext): Handlers<QueueCalls> {
  return {
    'queue.get': handler<'queue.get'>(nothing, () => queue.state),
    'queue.pause': handler<'queue.pause'>(nothing, () => queue.pauseQueue()),
    'queue.continue': handler<'queue.continue'>(nothing, () => queue.continueQueue()),
    'queue.move': handler<'queue.move'>(z.tuple([id, z.int().min(0)]), (runId, toIndex) => queue.move(runId, toIndex)),
    'queue.atOnce': handler<'queue.atOnce'>(z.tuple([z.int().min(1).max(mostAtOnce)]), (runs) => queue.setAtOnce(runs)),
  };
}
