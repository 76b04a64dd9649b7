import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { CultivarErrorData } from '../../contracts/errors';
import type { AuditProgress, DatasetAudit, ExcludeList } from '../../core/audit/types';
import { ask, asErrorData, listen } from '../api';
import { useUndo } from './undo';

/** A revision of a data set. */
export interface Audited {
  readonly datasetId: string;
  readonly revision: string;
}
interface Running extends Audited {
  readonly progress: AuditProgress | null;
  readonly cancelling: boolean;
}
/** What a person has chosen to leave out, before it is saved as a list, with what was chosen before. */
interface Choice {
  readonly chosen: ReadonlySet<number>;
  readonly before: readonly ReadonlySet<number>[];
  /** Of the list that was opened to be changed. */
  readonly name: string | null;
}
const nothing: Choice = { chosen: new Set(), before: [], name: null };
/** Steps that undo goes back. */
const undoSteps = 50;

/** What audits found, the one on its way, and the lists of images left out; it goes on whichever page is open. */
export const useAudits = defineStore('audits', () => {
  const stack = useUndo();
  const current = shallowRef<Audited | null>(null);
  const audit = shallowRef<DatasetAudit | null>(null);
  const lists = shallowRef<readonly ExcludeList[]>([]);
  const running = shallowRef<Running | null>(null);
  const loaded = shallowRef(false);
  const error = shallowRef<CultivarErrorData | null>(null);
  const choices = shallowRef<ReadonlyMap<string, Choice>>(new Map());
  let subscribed = false;
  let latest: symbol | null = null;

  const isCurrent = ({ datasetId, revision }: Audited) => current.value?.datasetId === datasetId && current.value.revision === revision;
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    error.value = null;
    try {
      await work();
      return true;
    } catch (reason) {
      error.value = asErrorData(reason);
      return false;
    }
  }
  function subscribe(): void {
    if (subscribed) return;
    subscribed = true;
    listen('audit.progress', ({ datasetId, revision, progress }) => {
      running.value = { datasetId, revision, progress, cancelling: running.value?.cancelling ?? false };
    });
  }

  async function load(of: Audited): Promise<void> {
    subscribe();
    if (!isCurrent(of)) [audit.value, lists.value, loaded.value] = [null, [], false];
    current.value = of;
    const own = (latest = Symbol());
    await attempt(async () => {
      const args = [of.datasetId, of.revision] as const;
      const got = await Promise.all([ask('audit.get', ...args), ask('exclude.list', ...args)]);
      if (own === latest) [audit.value, lists.value] = got;
    });
    if (own === latest) loaded.value = true;
  }
  async function start(of: Audited): Promise<void> {
    if (running.value) return;
    subscribe();
    running.value = { ...of, progress: null, cancelling: false };
    error.value = null;
    try {
      const found = await ask('audit.start', of.datasetId, of.revision);
      if (isCurrent(of)) audit.value = found;
    } catch (reason) {
      const data = asErrorData(reason);
      if (data.code !== 'tool-cancelled') error.value = data;
    } finally {
      running.value = null;
    }
  }
  async function cancel(): Promise<void> {
    if (!running.value) return;
    running.value = { ...running.value, cancelling: true };
    await ask('audit.cancel');
  }

  const choice = computed(() => (current.value === null ? nothing : choices.value.get(current.value.revision) ?? nothing));
  const chosen = computed(() => choice.value.chosen);
  function put(next: Choice): void {
    if (current.value) choices.value = new Map(choices.value).set(current.value.revision, next);
  }
  function choose(indices: Iterable<number>, on: boolean): void {
    const next = new Set(chosen.value);
    for (const index of indices) if (on) next.add(index); else next.delete(index);
    if (next.size === chosen.value.size && [...next].every((index) => chosen.value.has(index))) return;
    put({ ...choice.value, chosen: next, before: [...choice.value.before, chosen.value].slice(-undoSteps) });
    undoable();
  }
  function undo(): void {
    const last = choice.value.before.at(-1);
    if (last) put({ ...choice.value, chosen: last, before: choice.value.before.slice(0, -1) });
  }
  const undoable = () => { stack.push({ owner: 'audits', within: /^#\/datasets/, spent: () => choice.value.before.length === 0, undo }); };
  const clear = () => { put(nothing); };

  const refreshLists = async ({ datasetId, revision }: Audited) => {
    const all = await ask('exclude.list', datasetId, revision);
    if (isCurrent({ datasetId, revision })) lists.value = all;
  };
  /** @returns the list as saved, or null where it could not be: `error` says why */
  async function save(name: string, indices: Iterable<number> = chosen.value, of = current.value): Promise<ExcludeList | null> {
    if (!of) return null;
    let saved: ExcludeList | null = null;
    await attempt(async () => {
      saved = await ask('exclude.save', of.datasetId, of.revision, name, [...indices].sort((a, b) => a - b));
      await refreshLists(of);
    });
    return saved;
  }
  const imagesOf = (list: ExcludeList): Promise<readonly number[] | null> => {
    const of = current.value;
    return of ? ask('exclude.images', of.datasetId, of.revision, list.sha256) : Promise.resolve(null);
  };
  /** Takes a list's name away. @returns puts it back */
  async function remove(list: ExcludeList, of = current.value): Promise<(() => Promise<void>) | null> {
    if (!of) return null;
    let indices: readonly number[] = [];
    const done = await attempt(async () => {
      indices = await ask('exclude.images', of.datasetId, of.revision, list.sha256);
      await ask('exclude.remove', of.datasetId, of.revision, list.name);
      await refreshLists(of);
    });
    return done ? async () => {
      await attempt(async () => {
        await ask('exclude.save', of.datasetId, of.revision, list.name, indices);
        await refreshLists(of);
      });
    } : null;
  }
  /** Puts a list's images into the choice, to be changed and saved again. */
  async function open(list: ExcludeList): Promise<void> {
    const of = current.value;
    if (!of) return;
    await attempt(async () => {
      const indices = await ask('exclude.images', of.datasetId, of.revision, list.sha256);
      put({ chosen: new Set(indices), before: [...choice.value.before, chosen.value].slice(-undoSteps), name: list.name });
      undoable();
    });
  }
  return { current, audit, lists, running, loaded, error, choice, chosen, load, start, cancel, choose, undo, clear, save, imagesOf, remove, open };
});
