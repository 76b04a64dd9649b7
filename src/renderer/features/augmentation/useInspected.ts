import { computed, inject, provide, shallowRef, watch, type InjectionKey } from 'vue';
import type { InspectedData, InspectionSource } from '../../../contracts/calls/inspection';
import type { CultivarErrorData } from '../../../contracts/errors';
import { ask, asErrorData } from '../../api';
import { useDatasets } from '../../stores/datasets';
import { useInspector } from '../../stores/inspector';
import { useDatasetImages } from '../audit/useDatasetImages';
import { useInspection } from './inspection/useInspection';
import { candidatesOf, stepFrom } from './candidates';

/** The place, among the training images, of the image that is shown first: a dog of CIFAR-10. */
const firstShown = 40;

/** What the inspector's panes share: the data set as training sees it, the image that is looked at, and the workers that draw. */
function useInspected() {
  const inspector = useInspector();
  const datasets = useDatasets();
  const client = useInspection();
  const data = shallowRef<InspectedData | null>(null);
  const error = shallowRef<CultivarErrorData | null>(null);
  let latest: symbol | null = null;

  const isHere = (id: string | null) => datasets.list.some((one) => one.id === id);
  const datasetId = computed(() => (isHere(inspector.place.datasetId) ? inspector.place.datasetId! : datasets.selectedId));
  const source = computed<InspectionSource | null>(() => {
    const { ofRun } = inspector.place;
    if (ofRun !== null) return { runId: ofRun };
    const { batchSize } = inspector.place;
    return isHere(datasetId.value) ? { datasetId: datasetId.value, ...(batchSize !== null && { batchSize }) } : null;
  });
  async function open(): Promise<void> {
    const own = (latest = Symbol());
    error.value = null;
    if (source.value === null) {
      data.value = null;
      return;
    }
    try {
      const got = await ask('inspection.open', source.value);
      if (latest !== own) return;
      client.open(got);
      data.value = got;
    } catch (reason) {
      if (latest !== own) return;
      error.value = asErrorData(reason);
      data.value = null;
    }
  }
  // A later import under the same name is another revision.
  watch(() => JSON.stringify([source.value, datasets.list.find(({ id }) => id === datasetId.value)?.revision]), () => { void open(); }, { immediate: true });

  const size = computed(() => ({ width: data.value?.width ?? 32, height: data.value?.height ?? 32 }));
  const candidates = computed(() => (data.value ? candidatesOf(data.value, inspector.place.label) : new Uint32Array(0)));
  /** The image that is looked at; one of the first where none was chosen, or where the one that was is not here. */
  const index = computed(() => {
    const own = data.value;
    const { index: chosen } = inspector.place;
    if (!own) return null;
    return chosen !== null && chosen < own.labels.length ? chosen : own.train[Math.min(firstShown, own.train.length - 1)] ?? null;
  });
  const className = (image: number) => data.value?.classes[data.value.labels[image] ?? 0] ?? '';
  const other = (by: number) => { const to = index.value === null ? null : stepFrom(candidates.value, index.value, by); if (to !== null) inspector.go({ index: to }); };
  const images = useDatasetImages(() => (data.value ? { datasetId: data.value.datasetId, revision: data.value.revision } : null));

  return { inspector, client, data, error, size, candidates, index, className, other, images, retry: open };
}

export type Inspected = ReturnType<typeof useInspected>;
const key: InjectionKey<Inspected> = Symbol('inspected');
export function provideInspected(): Inspected {
  const inspected = useInspected();
  provide(key, inspected);
  return inspected;
}
export const injectInspected = (): Inspected => inject(key)!;
