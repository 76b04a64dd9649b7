import { configFields, valuesOf } from '../core/search/configFields';
import type { Searchable } from '../core/search/query';
import { folded } from '../core/text/fold';
import type { ListedExperiment } from './calls/experiments';
import type { Remarks } from './calls/remarks';
import type { ListedRun, RunSummary } from './runs';

/** What a window in another language calls things, to be found by as well. */
export interface SearchWords {
  readonly all: readonly string[];
  /** Its state, in a word or several. */
  readonly state: readonly string[];
}

/** Of each config once: a search looks through all of them with every letter. */
const known = new WeakMap<object, ReadonlyMap<string, string>>();
function fieldsOf(config: object): ReadonlyMap<string, string> {
  let fields = known.get(config);
  if (!fields) known.set(config, (fields = configFields(config)));
  return fields;
}

/** All that a run can be found by: its words, `tag:`, `note:`, `name:`, `state:`, `val:` in percent, and any setting. */
export function searchableRun(run: ListedRun, remarks: Remarks | undefined, words: SearchWords = { all: [], state: [] }): Searchable {
  const readable = run.status === 'damaged' ? null : run;
  const state = [run.status, ...words.state].map(folded);
  const fields = readable ? fieldsOf(readable.config) : new Map<string, string>();
  const own: Own = {
    ...remarked(remarks), name: [folded(readable?.name ?? run.id)], id: [run.id], state, status: state,
    val: percentOf(readable?.lastValidation?.accuracy), best: percentOf(readable?.bestValidation?.accuracy),
  };
  const setting = (name: string) => fields.get(name) ?? '';
  return {
    text: textOf([run.id, readable?.name ?? '', ...words.all, ...state, setting('model.architecture'), setting('augmentation'), setting('data.dataset'), setting('optimizer.kind')], remarks),
    values: (field) => (Object.hasOwn(own, field) ? own[field as keyof Own]! : valuesOf(fields, field)),
  };
}

/** All that an experiment can be found by: its words, its remarks, its own levels, and any setting that a run of it has. @param runs as far as they are known */
export function searchableExperiment(experiment: ListedExperiment, runs: readonly RunSummary[], remarks: Remarks | undefined, words: SearchWords = { all: [], state: [] }): Searchable {
  const { id, name, question, comparison } = experiment;
  const state = words.state.map(folded);
  const own: Own = {
    ...remarked(remarks), name: [folded(name)], question: [folded(question)], id: [id], state, status: state,
    val: (comparison?.arms ?? []).flatMap(({ validation: { mean } }) => percentOf(mean)),
  };
  let settings: ReadonlyMap<string, string>[] | null = null;
  return {
    text: textOf([id, name, question, ...words.all, ...state], remarks),
    values: (field) => {
      if (Object.hasOwn(own, field)) return own[field as keyof Own]!;
      settings ??= [...runs.map(({ config }) => fieldsOf(config)), ...(comparison?.arms ?? []).map(({ levels }) => configFields(levels))];
      const found = settings.map((fields) => valuesOf(fields, field)).filter((values) => values !== null);
      return found.length === 0 ? null : [...new Set(found.flat())];
    },
  };
}

type Own = Partial<Record<'tag' | 'tags' | 'note' | 'name' | 'question' | 'id' | 'state' | 'status' | 'val' | 'best', readonly string[]>>;

function remarked(remarks: Remarks | undefined): Own {
  const tags = (remarks?.tags ?? []).map(folded);
  return { tag: tags, tags, note: [folded(remarks?.note ?? '')] };
}

const percentOf = (fraction: number | null | undefined): string[] => (fraction === null || fraction === undefined ? [] : [(fraction * 100).toFixed(2)]);

const textOf = (parts: readonly string[], remarks: Remarks | undefined) => folded([...parts, remarks?.note ?? '', ...(remarks?.tags ?? [])].join(' '));
