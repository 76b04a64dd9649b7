import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ListedExperiment } from '../contracts/calls/experiments';
import { makeFolder, writeFileAtomic } from './atomic';
import { parseJson, stringifyJson } from './json';

type Listed = ListedExperiment['comparison'];

/** 2: what is left out names the arms of which runs failed. */
const schemaVersion = 2;

const schema = z.strictObject({ schemaVersion: z.literal(schemaVersion), version: z.string(), experiments: z.record(z.string(), z.strictObject({ mark: z.string(), comparison: z.unknown() })) });

/** `index/experiments.json`: may be removed at any time, and is made again. */
const indexFile = (library: string) => join(library, 'index', 'experiments.json');

/**
 * What experiments said when they were last listed, so that a library of hundreds opens without judging them again. An entry holds while
 * its mark, made of all that its words depend on, is the same; none holds in another version of the program.
 */
export class ExperimentIndex {
  /** Read once, however many ask at the same time. */
  private loading: Promise<Map<string, { mark: string; comparison: Listed }>> | null = null;
  private entries: Map<string, { mark: string; comparison: Listed }> | null = null;
  private changed = false;

  constructor(private readonly library: string, private readonly version: string) {}

  /** What was kept under this mark; undefined where it has to be judged. */
  async get(id: string, mark: string): Promise<Listed | undefined> {
    this.entries = await (this.loading ??= this.load());
    const known = this.entries.get(id);
    return known?.mark === mark ? known.comparison : undefined;
  }

  set(id: string, mark: string, comparison: Listed): void {
    this.entries?.set(id, { mark, comparison });
    this.changed = true;
  }

  /** Forgets experiments that are gone, and writes what is new. A library that cannot be written to keeps none. */
  async save(ids: ReadonlySet<string>): Promise<void> {
    if (!this.entries) return;
    for (const id of this.entries.keys()) if (!ids.has(id)) this.changed = this.entries.delete(id) || this.changed;
    if (!this.changed) return;
    this.changed = false;
    try {
      await makeFolder(join(this.library, 'index'));
      await writeFileAtomic(indexFile(this.library), stringifyJson({ schemaVersion, version: this.version, experiments: Object.fromEntries(this.entries) }));
    } catch {
      // It only saves time.
    }
  }

  private async load(): Promise<Map<string, { mark: string; comparison: Listed }>> {
    const parsed = schema.safeParse(await readFile(indexFile(this.library), 'utf8').then(parseJson).catch(() => null));
    if (!parsed.success || parsed.data.version !== this.version) return new Map();
    return new Map(Object.entries(parsed.data.experiments).map(([id, { mark, comparison }]) => [id, { mark, comparison: comparison as Listed }]));
  }
}
