import type { ListedRun } from '../../contracts/runs';
import type { IconName } from './icons';

export type ShownStatus = ListedRun['status'] | 'crashed' | 'paused' | 'stopping';

/** A crash is a failure of the process itself: the list says which it was. */
export const shownStatus = (run: ListedRun): ShownStatus =>
  (run.status === 'failed' && run.failure && ['trainer-crashed', 'trainer-crash-loop', 'trainer-unresponsive'].includes(run.failure.code) ? 'crashed' : run.status);

const icons: Record<ShownStatus, IconName> = {
  queued: 'queued', running: 'running', paused: 'interrupted', stopping: 'running', completed: 'check', stopped: 'stopped', failed: 'failed', crashed: 'failed',
  interrupted: 'interrupted', damaged: 'warning',
};
export const statusIcon = (status: ShownStatus): IconName => icons[status];

export const statusTone = (status: ShownStatus): 'plain' | 'running' | 'unknown' | 'failed' => {
  switch (status) {
    case 'running': case 'stopping': return 'running';
    case 'failed': case 'crashed': case 'damaged': return 'failed';
    case 'interrupted': case 'stopped': case 'queued': case 'paused': return 'unknown';
    case 'completed': return 'plain';
  }
};
