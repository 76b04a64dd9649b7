import { runConfigOf } from '../../core/config/experiment';
import type { ExperimentConfig } from '../../core/config/experimentSchema';
import type { RunConfig } from '../../core/config/run';
import type { PlannedRun } from '../../core/design/nextRuns';
import type { RunManifest } from '../../library/runManifest';
import { resolveStart } from '../../weights/resolveStart';
import { datasetOf, invalidConfig, resolveExclude, trainingImages } from '../newRuns';
import { readDatasetManifest } from '../openDataset';

export interface ResolvedRun extends PlannedRun {
  readonly config: RunConfig;
  readonly dataset: RunManifest['dataset'];
}

/** Configs of an experiment's runs as they will be written. Data sets and files of weights are read once for all of them. */
export class Resolver {
  private readonly datasets = new Map<string, ReturnType<typeof readDatasetManifest>>();
  private readonly images = new Map<string, Promise<number>>();
  private readonly files: NonNullable<Parameters<typeof resolveStart>[3]> = new Map();

  /** @param weights copy files of starting weights into the library, so that their hash is known; a preview leaves them where they are */
  constructor(private readonly library: string, private readonly experiment: ExperimentConfig, private readonly weights: boolean) {}

  /** @throws CultivarError config-invalid where the data have not as many images; dataset-unknown; weights-unreadable, weights-mismatch */
  async run({ arm, seed }: PlannedRun): Promise<ResolvedRun> {
    const parsed = runConfigOf(this.experiment, arm, seed);
    if (!parsed.ok) throw invalidConfig('The experiment', parsed.problems);
    const manifest = await this.dataset(parsed.value.data.dataset);
    const config = await resolveExclude(this.library, parsed.value, manifest);
    const dataset = datasetOf(manifest, config, await this.trainingImages(config));
    return { arm, seed, dataset, config: this.weights ? await resolveStart(this.library, config, manifest.classes.length, this.files) : config };
  }

  /** Images that a config has to train on, before it takes a part of them. @throws CultivarError config-invalid, dataset-unknown, dataset-damaged */
  async trainingImages({ data }: RunConfig): Promise<number> {
    const key = JSON.stringify({ ...data, trainImages: null });
    const known = this.images.get(key) ?? this.dataset(data.dataset).then((manifest) => trainingImages(this.library, manifest, data));
    this.images.set(key, known);
    return known;
  }

  /** @throws CultivarError dataset-unknown */
  dataset(id: string) {
    const known = this.datasets.get(id) ?? readDatasetManifest(this.library, id);
    this.datasets.set(id, known);
    return known;
  }
}
