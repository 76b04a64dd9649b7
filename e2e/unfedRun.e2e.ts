import { test } from './support/fixtures';
import { everyPartUnfed, writeAnsweredRun } from './support/unfedRun';

// Export, share, report and what helps to understand a run: while main does not answer, and when it cannot. In every look: `--project=states`.
for (const answer of ['fails', 'never'] as const) {
  test(answer === 'never' ? 'what of a run is waited for is said where it will stand' : 'what of a run fails is said where it would stand, and can be tried again', async ({ launch, library }) => {
    const runId = await writeAnsweredRun(library);
    const running = await launch({ expectedConsole: /^Blocked script execution in 'about:blank'/ });
    await everyPartUnfed(running, runId, answer, () => Promise.resolve());
  });
}
