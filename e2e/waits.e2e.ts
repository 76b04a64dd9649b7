import { expect, test } from './support/fixtures';
import { cutOff, sideways } from './support/layout';
import { everyUnfed } from './support/unfed';

// What a page shows while main does not answer, and when it cannot. Each page in every size, language and theme: `--project=states`.
for (const answer of ['never', 'damaged'] as const) {
  test(answer === 'never' ? 'what is waited for is said on every page' : 'what failed is said on every page', async ({ launch }) => {
    const running = await launch();
    const found: string[] = [];
    await everyUnfed(running, answer, async (name) => { found.push(...[...(await sideways(running.page)), ...(await cutOff(running.page))].map((what) => `${name}: ${what}`)); });
    expect(found).toEqual([]);
  });
}
