import type { ElectronApplication, Page } from '@playwright/test';
import type { CultivarErrorData } from '../../src/contracts/errors';
import type { IpcCall } from '../../src/contracts/ipc';
import { expect, type RunningApp } from './fixtures';
import { goTo, type Place } from './window';

/** Pages, and the call without which each has nothing to show; the last one leaves all that is about data sets without. */
const fed: readonly (readonly [Place, string, IpcCall])[] = [
  ['datasets/cifar10/card', 'card', 'dataset.facts'], ['datasets/cifar10/images', 'images', 'dataset.page'], ['datasets/cifar10/audit', 'audit', 'audit.get'], ['datasets/cifar10/uses', 'uses', 'dataset.facts'],
  ['augmentation', 'inspector', 'inspection.open'], ['system/doctor', 'doctor', 'doctor.report'], ['system/storage', 'storage', 'storage.runs'], ['system/about', 'about', 'app.info'], ['datasets', 'datasets', 'dataset.list'],
];

const damaged: CultivarErrorData = { code: 'dataset-damaged', message: 'The file images.bin of the data set has other bytes than its manifest says.', remedy: 'Import the images again.' };

/** From now on these calls fail with this error, or are never answered: what a page shows when main cannot, or is slow. */
export async function answering(app: ElectronApplication, names: readonly string[], answer: 'never' | CultivarErrorData): Promise<void> {
  await app.evaluate(({ ipcMain }, [of, given]) => {
    // A promise that nobody holds is collected, which answers too.
    const kept = globalThis as { unanswered?: unknown[]; asked?: Record<string, number> };
    const held = (kept.unanswered ??= []);
    const asked = (kept.asked ??= {});
    const never = () => new Promise((resolve) => { held.push(resolve); });
    for (const name of of) {
      ipcMain.removeHandler(name);
      ipcMain.handle(name, () => {
        asked[name] = (asked[name] ?? 0) + 1;
        return given === 'never' ? never() : { ok: false, error: given };
      });
    }
  }, [names, answer] as const);
}

/** How often such a call was asked. */
export const timesAsked = (app: ElectronApplication, name: IpcCall) => app.evaluate((_electron, of) => (globalThis as { asked?: Record<string, number> }).asked?.[of] ?? 0, name);

/** Reads the page anew, with the answers that are given now. */
async function reloaded(page: Page): Promise<void> {
  await page.reload();
  await expect(page.locator('#app header').first()).toBeVisible();
}

/** Shows the pages whose call is never answered, or fails. What is waited for has to be said, and what failed; never is a page left blank. */
export async function everyUnfed({ app, page }: Pick<RunningApp, 'app' | 'page'>, answer: 'never' | 'damaged', visit: (name: string) => Promise<void>): Promise<void> {
  const last = fed.at(-1)![2];
  const given = answer === 'never' ? answer : damaged;
  await answering(app, fed.map(([, , of]) => of).filter((of) => of !== last), given);
  await reloaded(page);
  for (const [place, name, of] of fed) {
    if (of === last) {
      await answering(app, [of], given);
      await reloaded(page);
    }
    await goTo(page, place);
    const main = page.locator('main');
    const told = (answer === 'never' ? main.locator('[role=status], [aria-busy=true]') : main.getByRole('alert')).filter({ visible: true });
    // The doctor's report and the licences come by other ways too.
    if (answer === 'damaged' || !['doctor', 'about'].includes(name)) await expect.soft(told.first(), `${name}: ${answer}`).toBeVisible({ timeout: 10_000 });
    await visit(name);
  }
}
