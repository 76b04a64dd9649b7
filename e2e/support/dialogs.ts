import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { rendererSources } from '../../test/support/rendererSources';
import { expect } from './fixtures';
import { writeDataset } from './madeDataset';
import { call, dropFiles, goTo, stepsDone, trainingMs } from './window';

const archive = join(import.meta.dirname, '../../test/fixtures/import/folders.zip');

/** What stands in the library while every dialog is opened. */
export interface DialogWorld {
  readonly experimentId: string;
  /** Completed, with weights and the optimizer's state. */
  readonly runId: string;
  /** An imported data set of two revisions. */
  readonly importedId: string;
}

/** "dots": images with something to learn, whose test images are training images again. Before the app starts. */
export async function dots(library: string): Promise<void> {
  const noise = (image: number, x: number, y: number) => { const value = Math.sin(image * 12.9898 + x * 78.233 + y * 37.719) * 43758.5453; return value - Math.floor(value); };
  await writeDataset(library, {
    id: 'dots', name: '点', classes: ['赤', 'green', 'blue'], side: 32, counts: { train: 96, test: 12 }, labelOf: (image) => image % 3,
    pixelOf: (image, x, y, channel) => 180 * noise(image % 96, x, y) + (channel === image % 3 ? 60 : 0),
  });
}

/** Trains a small experiment, imports images twice, audits; then a run trains on, and is paused. */
export async function dialogWorld(page: Page): Promise<DialogWorld> {
  const small = { data: { dataset: 'dots', trainImages: 64, validationImages: 30 }, model: { architecture: 'resnet18', stem: 'imagenet' }, batchSize: 32, epochs: 1, keepOptimizerState: true } as const;
  const { id: experimentId } = await call(page, 'experiments.start', { name: '比較', question: '', base: small, factors: [{ field: 'augmentation', levels: ['none', 'crop-flip'] }], seeds: [1] });
  for (const side of [16, 12]) {
    const plan = (await call(page, 'dataset.planImport', archive, 'file'))!;
    await goTo(page, 'datasets');
    await dropFiles(page, 'datasets-drop', [plan.path]);
    await page.getByTestId('import-side').fill(String(side));
    await page.getByTestId('import-start').click();
    await page.getByTestId('import-close').click();
  }
  const { id: importedId } = (await call(page, 'dataset.list')).find(({ imported }) => imported)!;
  const { revision } = (await call(page, 'dataset.list')).find(({ id }) => id === 'dots')!;
  await call(page, 'audit.start', 'dots', revision);
  const progress = async () => (await call(page, 'experiments.get', experimentId)).progress;
  await expect.poll(progress, { timeout: trainingMs }).toMatchObject({ completed: 2, running: 0, waiting: 0 });
  const [runId] = (await call(page, 'experiments.list')).find(({ id }) => id === experimentId)!.runIds;
  const { id: trains } = await call(page, 'runs.start', { ...small, name: 'paused', epochs: 1000 });
  await stepsDone(page, trains, 1);
  await call(page, 'runs.pause', trains);
  return { experimentId, runId: runId!, importedId };
}

const press = (testid: string) => async (page: Page) => { await page.getByTestId(testid).first().click(); };
const at = (place: (world: DialogWorld) => Parameters<typeof goTo>[1], open: (page: Page) => Promise<unknown>) => async (page: Page, world: DialogWorld) => { await goTo(page, place(world)); await open(page); };

/** Every part of the window that opens over it, by the file in which it stands, with the way to it. */
export const dialogs: Readonly<Record<string, (page: Page, world: DialogWorld) => Promise<void>>> = {
  'features/augmentation/ImagePicker.vue': at(() => 'augmentation', press('inspector-pick')),
  'features/audit/SaveList.vue': at(() => 'datasets/dots/audit', press('leave-twins-out')),
  'features/datasets/DatasetsView.vue': at(({ importedId }) => `datasets/${importedId}/card`, press('dataset-remove')),
  'features/datasets/ImportDialog.vue': at(() => 'datasets', async (page) => { await dropFiles(page, 'datasets-drop', [archive]); await expect(page.getByTestId('import-found')).toBeVisible(); }),
  'features/datasets/LargeImage.vue': at(() => 'datasets/dots/card', press('sample')),
  'features/datasets/UsesTab.vue': at(({ importedId }) => `datasets/${importedId}/uses`, async (page) => { await page.getByTestId('revision-remove').last().click(); }),
  'features/export/ExportDialog.vue': at(({ runId }) => `runs/${runId}`, async (page) => { await page.getByTestId('export-run').click(); await expect(page.getByTestId('export-start')).toBeVisible(); }),
  'features/interchange/ShareMenu.vue': at(({ runId }) => `runs/${runId}`, press('share')),
  'features/library/ColumnMenu.vue': at(() => 'library', press('columns')),
  'features/library/FilterMenu.vue': at(() => 'library', press('dataset-filter')),
  'features/library/MoreMenu.vue': at(() => 'library', async (page) => { await page.getByTestId('experiment-row').first().click(); await page.getByTestId('more').first().click(); }),
  'features/live/ExtendButton.vue': at(({ runId }) => `runs/${runId}`, press('extend-run')),
  'features/live/NoteMoment.vue': at(() => 'live', press('note-moment')),
  'features/results/OpenTestSet.vue': at(({ experimentId }) => `experiments/${experimentId}/answer`, press('open-test')),
  'features/results/images/ImagesTab.vue': at(({ runId }) => `compare/images?runs=${runId}`, press('own-image')),
  'features/results/parts/TakeMenu.vue': at(({ experimentId }) => `experiments/${experimentId}/answer`, press('take')),
  'features/results/parts/WhyPopover.vue': at(({ experimentId }) => `experiments/${experimentId}/answer`, async (page) => { await expect(page.getByTestId('arm-row').first()).toBeVisible(); await page.locator('main').focus(); await page.keyboard.press('w'); }),
  'features/tools/HeatDialog.vue': at(({ runId }) => `compare/images?runs=${runId}`, async (page) => { await page.getByTestId('image-tile').first().getByRole('button').click(); await expect(page.getByTestId('heat').first()).toBeVisible({ timeout: trainingMs }); }),
  'features/tools/LargestBatch.vue': at(() => 'new/run', press('batch-open')),
  'features/tools/RangeTest.vue': at(() => 'new/run', press('range-open')),
  'shell/CloseDialog.vue': at(() => 'library', async (page) => { await page.getByTestId('window-close').click(); await expect(page.getByTestId('close-cancel')).toBeVisible(); }),
  'shell/KeysDialog.vue': at(() => 'library', async (page) => { await page.locator('main').focus(); await page.keyboard.press('?'); }),
  'shell/Palette.vue': at(() => 'library', async (page) => { await page.keyboard.press('Control+k'); await page.getByTestId('palette-query').fill('tri'); }),
  'shell/WordsDialog.vue': at(() => 'library', async (page) => { await page.keyboard.press('Control+k'); await page.getByTestId('palette-query').fill('mcnemar'); await page.keyboard.press('Enter'); await expect(page.getByTestId('word-mcnemar')).toBeInViewport(); }),
};

/** The files that have such a part, read off the window's sources: all but the dialog's own frame, and the development page. */
export function filesWithDialogs(): string[] {
  return [...rendererSources()].filter(([path, source]) => path !== 'components/Dialog.vue' && !path.startsWith('features/gallery/') && /<(Dialog|DialogContent|PopoverContent|DropdownMenuContent)[\s>]/.test(source)).map(([path]) => path);
}
