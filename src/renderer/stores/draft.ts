import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { ExperimentConfigInput } from '../../core/config/experiment';
import { withValue, type Draft } from '../features/recipe/draft';
import { checkDocument, documentOf, newDocument, withBaseProblems } from '../features/wizard/document';
import { automaticName, sentenceText } from '../features/wizard/sentence';
import { useLanguage } from '../i18n';
import { useUndo } from './undo';

const memory = 'cultivar.draft';
const wizardPages = /^#\/new\/(data|question|recipe|review)/;

/** Of an experiment that exists: what Start would add to. */
interface Extended {
  readonly id: string;
  readonly name: string;
  readonly document: Draft;
  /** As it was opened. */
  readonly before: Draft;
}
interface Kept { readonly own: Draft; readonly extended: Extended | null }

function remembered(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(memory) ?? 'null') as Partial<Kept> | null;
    if (typeof kept?.own === 'object' && kept.own !== null) return { own: kept.own, extended: kept.extended ?? null };
  } catch {
    // What cannot be read is no draft.
  }
  return { own: newDocument(), extended: null };
}

/**
 * The experiment being written, remembered over restarts. One draft of a new experiment, and beside it, while "Add runs" is at work, that of
 * an experiment that exists. A document holds what was typed; `effective` has the name and the question that are written by themselves.
 */
export const useDraft = defineStore('draft', () => {
  const language = useLanguage();
  const stack = useUndo();
  const kept = shallowRef<Kept>(remembered());
  const keep = (next: Kept) => {
    kept.value = next;
    localStorage.setItem(memory, JSON.stringify(next));
  };

  const extended = computed(() => kept.value.extended);
  const document = computed<Draft>(() => extended.value?.document ?? kept.value.own);
  const autoName = computed(() => automaticName(document.value, language.locale));
  const autoQuestion = computed(() => sentenceText(document.value, language.locale));
  const effective = computed<Draft>(() => ({ ...document.value, name: document.value.name || autoName.value, question: document.value.question || autoQuestion.value }));
  const checked = computed(() => checkDocument(effective.value));
  const problems = computed(() => (checked.value.ok ? [] : withBaseProblems(effective.value, checked.value.problems)));
  const expanded = computed(() => (checked.value.ok ? checked.value.value : null));

  /** @param key names an edit that goes on, such as the typing into one field: one step of undo */
  function replace(next: Draft, key: string | null = null): void {
    const before = kept.value;
    const after = extended.value ? { ...before, extended: { ...extended.value, document: next } } : { ...before, own: next };
    keep(after);
    stack.push({ owner: 'draft', within: wizardPages, key, undo: () => { keep(before); }, redo: () => { keep(after); } });
  }
  const set = (path: string, value: unknown) => { replace(withValue(document.value, path, value), path); };
  const reset = () => { replace(extended.value?.before ?? newDocument()); };

  /**
   * Puts an experiment into the wizard; the caller then shows `/new/question`. With `extendsId`, Start adds runs to that experiment;
   * else it becomes the draft of a new one.
   * @returns puts back what was there
   */
  function openDraft(config: ExperimentConfigInput, extendsId?: string): () => void {
    const before = kept.value;
    const opened = documentOf(config);
    stack.forget('draft');
    keep(extendsId === undefined ? { own: opened, extended: null } : { ...before, extended: { id: extendsId, name: config.name, document: opened, before: opened } });
    return () => { keep(before); };
  }
  /** Back to the draft of a new experiment. */
  function leaveExtension(): void {
    if (!extended.value) return;
    stack.forget('draft');
    keep({ ...kept.value, extended: null });
  }
  /** After its runs were queued: the next new experiment starts afresh. */
  function forget(): void {
    stack.forget('draft');
    keep(extended.value ? { ...kept.value, extended: null } : { own: newDocument(), extended: null });
  }

  return { document, effective, problems, expanded, extended, autoName, autoQuestion, replace, set, reset, openDraft, leaveExtension, forget };
});
