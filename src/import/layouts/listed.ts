import type { ImportKind } from '../../contracts/importing';
import type { Container } from '../containers/container';
import { EntryProblem } from '../problems';
import { spread, tally, type GivenSplit, type ImportSource, type SourceItem } from '../source';

/** An image file of a container, with its class and split; or what is wrong with the row that names it. */
export interface Listed {
  /** Index into the container's entries; -1 where there is no such file. */
  readonly entry: number;
  readonly name: string;
  readonly label: number;
  readonly split: GivenSplit;
  readonly problem: EntryProblem | null;
}

/** A source whose images are files, in the container's order. */
export function listedSource(kind: ImportKind, container: Container, classes: readonly string[], files: readonly Listed[], ignored: number): ImportSource {
  const good = files.filter(({ problem }) => problem === null).sort((a, b) => a.entry - b.entry);
  const bad = files.filter(({ problem }) => problem !== null);
  const missing = (file: Listed): SourceItem => ({ name: file.name, split: file.split, label: file.label, content: { kind: 'problem', problem: file.problem! } });
  async function* opened(wanted: readonly Listed[]): AsyncGenerator<SourceItem> {
    let at = 0;
    for await (const open of container.open(wanted.map(({ entry }) => entry))) {
      const { name, split, label } = wanted[at++]!;
      yield { name, split, label, content: { kind: 'file', open } };
    }
    // The archive ended before all that it listed came again.
    for (const file of wanted.slice(at)) yield missing({ ...file, problem: new EntryProblem('missing', 'it is not there any more') });
  }
  return {
    kind, classes, ignored, quarantined: container.quarantined, size: null, encoded: true, ...tally(classes.length, files),
    async *items(from) {
      for (const file of bad.slice(from)) yield missing(file);
      yield* opened(good.slice(Math.max(0, from - bad.length)));
    },
    some: (count) => opened(spread(good.length, count).map((i) => good[i]!)),
  };
}
