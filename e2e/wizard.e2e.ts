import type { Page } from '@playwright/test';
import type { DoctorReport } from '../src/contracts/doctor';
import { expect, test } from './support/fixtures';
import { call, goTo } from './support/window';

const draftOf = (page: Page) => page.evaluate(() => (JSON.parse(localStorage.getItem('cultivar.draft') ?? '{}') as { own?: { factors?: unknown; seeds?: unknown } }).own);

test('the wizard by keyboard alone: the write-up’s question is three key presses away', async ({ launch }) => {
  const { page } = await launch();
  await goTo(page, 'library');
  await page.keyboard.press('Control+n');
  await expect(page.getByTestId('step-data')).toHaveAttribute('aria-current', 'step');
  for (const step of ['question', 'recipe', 'review']) {
    await page.keyboard.press('Control+Enter');
    await expect(page.getByTestId(`step-${step}`)).toHaveAttribute('aria-current', 'step');
  }
  await expect(page.getByTestId('review-question')).toHaveText('On CIFAR-10, does augmentation change validation accuracy, and does that depend on the number of epochs?');
  await expect(page.getByTestId('wizard-start')).toContainText('Start 12 runs');
  expect(await call(page, 'runs.list')).toEqual([]);
});

test('factors by keyboard: levels are added, edited, moved and removed, and a restart remembers them', async ({ launch }) => {
  const first = await launch();
  const { page } = first;
  await goTo(page, 'new/question');
  const epochs = page.getByTestId('factor-epochs');
  await epochs.getByTestId('add-level').press('Enter');
  await expect(epochs.getByTestId('level-text')).toBeFocused();
  await page.keyboard.type('40');
  await page.keyboard.press('Enter');
  await expect(epochs.getByTestId('level-2')).toBeFocused();
  await expect(page.getByTestId('design-matrix')).toHaveAttribute('aria-label', /5, 20, 40/);
  await page.keyboard.press('Alt+ArrowLeft');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(epochs.getByTestId('level-0')).toBeFocused();
  await expect(epochs.getByTestId('level-0')).toContainText('40');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await expect(epochs.getByRole('alert')).toHaveText('Must be at least 1, not 0.');
  await expect(page.getByTestId('step-question')).toContainText('has something to mend');
  await page.keyboard.press('Delete');
  await expect(epochs.getByRole('alert')).toHaveCount(0);
  await page.getByTestId('add-model.stem').press('Enter');
  await expect(page.getByTestId('factor-model.stem').getByTestId('level-1')).toContainText('CIFAR stem');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByTestId('question')).toContainText('depend on the stem and the number of epochs');
  const kept = await draftOf(page);
  expect(kept?.factors).toEqual([{ field: 'augmentation', levels: ['none', 'crop-flip-trivialaugment'] }, { field: 'model.stem', levels: ['imagenet', 'cifar'] }, { field: 'epochs', levels: [40, 20] }]);
  await first.end();

  const again = await launch();
  await goTo(again.page, 'new/question');
  await expect(again.page.getByTestId('factor-model.stem')).toBeVisible();
  expect(await draftOf(again.page)).toEqual(kept);
});

test('six factors, a hundred levels and long names break nothing', async ({ launch }) => {
  const { page, app } = await launch();
  await app.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0].setBounds({ width: 1024, height: 700 }); });
  const fill = async (change: object) => {
    await goTo(page, 'new/question');
    await page.getByTestId('wizard-json').click();
    const text = page.getByTestId('recipe-json-text');
    await text.fill(JSON.stringify({ ...(JSON.parse(await text.inputValue()) as object), ...change }));
    await page.getByTestId('wizard-json').click();
  };
  const sideways = () => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main *')].filter((element) => element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && !element.matches('.matrix, textarea')).map(({ className }) => className));
  const two: Record<string, unknown[]> = { augmentation: ['none', 'crop-flip'], epochs: [5, 20], 'model.stem': ['imagenet', 'cifar'], 'schedule.learningRate': [0.01, 0.1], labelSmoothing: [0, 0.1], 'model.architecture': ['resnet18', 'resnet50'] };
  await fill({ name: 'A long name <of> sixty characters & more, 日本語の名前も含む "x"', question: 'w'.repeat(200), factors: Object.entries(two).map(([field, levels]) => ({ field, levels })) });
  await expect(page.getByTestId('design-matrix')).toBeVisible();
  expect(await sideways()).toEqual([]);
  await fill({ factors: [{ field: 'epochs', levels: Array.from({ length: 100 }, (_, i) => i + 1) }] });
  await expect(page.getByTestId('factor-epochs').getByRole('alert')).toHaveText('A factor may have 64 levels.');
  expect(await sideways()).toEqual([]);
});

test('bfloat16 where this processor is slower in it is said before the start, and float32 is one press away', async ({ launch }) => {
  const { page } = await launch();
  const { bfloat16 } = await call(page, 'app.info');
  const { device } = await call(page, 'doctor.report', false);
  const slow = bfloat16 !== null && bfloat16 !== 'fast' && device?.kind === 'cpu';
  const note = page.getByTestId('slow-precision');
  const precision = page.getByTestId('precision');
  const takeBfloat16 = async () => {
    await precision.click();
    await page.getByRole('option', { name: 'bfloat16' }).click();
    await expect(note).toHaveCount(slow ? 1 : 0);
  };

  await goTo(page, 'new/run');
  await expect(page.getByText('bfloat16 is slower on this processor')).toHaveCount(slow ? 1 : 0);
  await page.getByTestId('recipe-preset').click();
  await expect(page.getByTestId('epochs')).toHaveValue('13');
  await expect(precision).toContainText(slow ? 'float32' : 'bfloat16');
  await takeBfloat16();
  if (slow) {
    await page.getByTestId('take-float32').click();
    await expect(precision).toContainText('float32');
    await expect(note).toHaveCount(0);
  }

  await goTo(page, 'new/recipe');
  await takeBfloat16();
  await goTo(page, 'new/review');
  await expect(page.getByTestId('review-question')).toBeVisible();
  await expect(note).toHaveCount(slow ? 1 : 0);
  if (slow) {
    await page.getByTestId('take-float32').click();
    await expect(note).toHaveCount(0);
  }
});

test('the preset waits for the check that tells which precision is the faster one here', async ({ launch }) => {
  const { app, page } = await launch();
  const info = await call(page, 'app.info');
  const report: DoctorReport = { ...(await call(page, 'doctor.report', false)), device: { kind: 'cpu', name: 'a processor', gpuNotUsed: null } };
  const [preset, epochs] = [page.getByTestId('recipe-preset'), page.getByTestId('epochs')];
  const cases = [
    { bfloat16: 'slow-instruction', answer: { ok: true, value: report }, taken: 'float32' },
    { bfloat16: 'fast', answer: { ok: true, value: report }, taken: 'bfloat16' },
    { bfloat16: 'slow-instruction', answer: { ok: false, error: { code: 'internal', message: 'The check ended early.' } }, taken: 'bfloat16' },
  ] as const;
  for (const { bfloat16, answer, taken } of cases) {
    await app.evaluate(({ ipcMain }, [known, checked]) => {
      const held = globalThis as { endCheck?: () => void };
      const ended = new Promise<void>((resolve) => { held.endCheck = resolve; });
      for (const name of ['app.info', 'doctor.report']) ipcMain.removeHandler(name);
      ipcMain.handle('app.info', () => ({ ok: true, value: known }));
      ipcMain.handle('doctor.report', () => ended.then(() => checked));
    }, [{ ...info, bfloat16 }, answer] as const);
    await page.reload();
    await goTo(page, 'new/run');
    const before = await epochs.inputValue();
    await preset.click();
    await expect(preset).toHaveAttribute('aria-busy', 'true');
    await expect(epochs).toHaveValue(before);
    await app.evaluate(() => { (globalThis as { endCheck?: () => void }).endCheck!(); });
    await expect(epochs).toHaveValue('13');
    expect(before).not.toBe('13');
    await expect(page.getByTestId('precision')).toContainText(taken);
    await expect(preset).toHaveAttribute('aria-busy', 'false');
  }
});
