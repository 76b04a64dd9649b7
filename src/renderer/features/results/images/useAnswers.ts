import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { AnsweredImages, AugmentedPredictions, EpochAnswers, KeptPredictions, StoredPredictions } from '../../../../contracts/calls/experiments';
import type { CultivarErrorData } from '../../../../contracts/errors';
import type { TestTimeAugmentation } from '../../../../core/augmentation/testTime';
import { readAnswers, readPredictions } from '../../../../core/predictions/reading';
import { ask, asErrorData, listen } from '../../../api';

type Split = StoredPredictions['split'];

/** What is shown of a run: its answers to images as they are, to several views of each, or how the second differ from the first. */
export type AnswerLook = 'plain' | 'augmented' | 'difference';

/**
 * A run's answers image by image: as stored of its last weights, with test-time augmentation, or after an epoch that kept its answers.
 * @param runId null: no run
 * @param version changes when the run has got on
 */
export function useAnswers(runId: () => string | null, version: () => unknown) {
  const kept = shallowRef<KeptPredictions | null>(null);
  const split = ref<Split>('validation');
  const kind = ref<TestTimeAugmentation>('flip-shift');
  const look = ref<AnswerLook>('plain');
  const plain = shallowRef<StoredPredictions | null>(null);
  const augmented = shallowRef<AugmentedPredictions | null>(null);
  const epochImages = shallowRef<AnsweredImages | null>(null);
  const atEpoch = shallowRef<EpochAnswers | null>(null);
  /** Null: the newest there is. */
  const epoch = ref<number | null>(null);
  const work = shallowRef<'reading' | 'computing' | null>('reading');
  const progress = shallowRef<{ readonly done: number; readonly images: number } | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  let latest: symbol | null = null;
  let latestEpoch: symbol | null = null;
  let latestWork: symbol | null = null;

  const fail = (reason: unknown) => {
    const data = asErrorData(reason);
    if (data.code !== 'tool-cancelled') error.value = data;
  };
  async function read(): Promise<void> {
    const own = (latest = Symbol());
    const id = runId();
    if (id === null) return;
    error.value = null;
    if (!plain.value && !atEpoch.value && work.value === null) work.value = 'reading';
    try {
      const has = await ask('predictions.kept', id);
      const of = has.splits.some((one) => one.split === split.value) ? split.value : 'validation';
      const [whole, views, images] = await Promise.all([
        ask('predictions.get', id, of), ask('predictions.augmented', id, of, kind.value), has.epochs.length > 0 ? ask('predictions.epochImages', id) : null,
      ]);
      if (latest !== own) return;
      [kept.value, split.value, plain.value, augmented.value, epochImages.value] = [has, of, whole, views, images];
      if (epoch.value !== null && !has.epochs.some((one) => one.epoch === epoch.value)) epoch.value = null;
      await readEpoch();
    } catch (reason) {
      if (latest === own) fail(reason);
    }
    if (latest === own && work.value === 'reading') work.value = null;
  }

  /** Epochs to choose from; the last one's are the whole predictions where they are of the same weights. */
  const epochs = computed(() => (split.value === 'validation' ? kept.value?.epochs ?? [] : []));
  /** The epoch that is shown by its kept answers; null where whole predictions are. */
  const shownEpoch = computed(() => {
    const newest = epochs.value.at(-1);
    if (look.value !== 'plain' || !newest) return null;
    if (epoch.value === null) return plain.value && plain.value.step >= newest.step ? null : newest.epoch;
    return plain.value && epochs.value.find((one) => one.epoch === epoch.value)?.step === plain.value.step ? null : epoch.value;
  });
  async function readEpoch(): Promise<void> {
    const own = (latestEpoch = Symbol());
    const [id, at] = [runId(), shownEpoch.value];
    if (id === null || at === null) { atEpoch.value = null; return; }
    try {
      const got = await ask('predictions.epoch', id, at);
      if (latestEpoch === own) [atEpoch.value, error.value] = [got, null];
    } catch (reason) {
      if (latestEpoch === own) fail(reason);
    }
  }
  watch(shownEpoch, () => void readEpoch());
  watch(() => [runId(), split.value, kind.value] as const, ([id], before) => {
    if (before?.[0] !== id) {
      if (work.value === 'computing') cancel();
      latestWork = null;
      [kept.value, plain.value, augmented.value, epochImages.value, atEpoch.value, epoch.value, look.value, split.value, error.value, work.value] = [null, null, null, null, null, null, 'plain', 'validation', null, null];
    }
    void read();
  }, { immediate: true });
  watch(version, () => { if (work.value !== 'computing') void read(); });

  /** @param views with the chosen augmentation too */
  async function compute(views: boolean): Promise<void> {
    const id = runId();
    if (id === null) return;
    const own = (latestWork = Symbol());
    [work.value, progress.value, error.value] = ['computing', null, null];
    try {
      const got = await ask('predictions.compute', id, views ? kind.value : null);
      if (latestWork !== own) return;
      await read();
      // Also where another process is at the run, so that nothing was stored.
      if (split.value === 'validation') plain.value ??= got.plain;
      if (split.value === 'validation' && got.augmented?.kind === kind.value) [augmented.value, look.value, epoch.value] = [got.augmented, 'difference', null];
    } catch (reason) {
      if (latestWork === own) fail(reason);
    }
    if (latestWork === own) work.value = null;
  }
  const cancel = () => { void ask('predictions.cancel'); };
  const stop = listen('predictions.progress', ({ runId: of, ...now }) => { if (of === runId() && work.value === 'computing') progress.value = now; });
  onScopeDispose(() => {
    stop();
    if (work.value === 'computing') cancel();
    latest = latestEpoch = latestWork = null;
  });

  const plainReading = computed(() => (plain.value ? readPredictions(plain.value) : null));
  const augmentedReading = computed(() => (augmented.value ? readPredictions(augmented.value) : null));
  /** What is asked for is answers to views, and there are none yet. */
  const lacksViews = computed(() => look.value !== 'plain' && augmented.value === null && plain.value !== null);
  /** What the page shows: the images, and what is said of them. */
  const shown = computed(() => {
    if (look.value !== 'plain' && augmented.value) return { ...augmented.value, reading: augmentedReading.value! };
    if (shownEpoch.value !== null) return atEpoch.value && epochImages.value ? { ...epochImages.value, reading: readAnswers(epochImages.value, atEpoch.value) } : null;
    return plain.value ? { ...plain.value, reading: plainReading.value! } : null;
  });
  return { kept, split, kind, look, plain, augmented, plainReading, augmentedReading, epochs, epoch, shownEpoch, shown, lacksViews, work, progress, error, read, compute, cancel };
}
