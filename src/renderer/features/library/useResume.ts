import { useRouter } from 'vue-router';
import { useLive } from '../../stores/live';

/** Takes a run up again from its last checkpoint and shows it; what keeps it from that stands in the live store's error. */
export function useResume(): (runId: string) => Promise<void> {
  const live = useLive();
  const router = useRouter();
  return async (runId) => {
    if (await live.command('runs.resume', runId) && live.queue.activeRunId === runId) await router.push('/live');
  };
}
