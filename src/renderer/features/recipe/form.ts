import { inject, provide, type InjectionKey } from 'vue';
import type { ConfigProblem } from '../../../core/config/problems';
import type { RunConfig } from '../../../core/config/run';
import { useRecipe } from '../../stores/recipe';
import type { Draft } from './draft';

/** A run config that the recipe's fields write: that of one run, or the base of an experiment. */
export interface RecipeForm {
  readonly draft: Draft;
  readonly problems: readonly ConfigProblem[];
  readonly config: RunConfig | null;
  /** Levels of a field that an experiment varies, as a line; null where it is the same in every arm. Absent for one run. */
  levelsOf?(path: string): string | null;
  set(path: string, value: unknown): void;
  replace(next: Draft): void;
}

const key: InjectionKey<RecipeForm> = Symbol('recipe');
export const provideRecipeForm = (form: RecipeForm): void => { provide(key, form); };
/** The form above the caller; where there is none, the recipe of one run. */
export const useRecipeForm = (): RecipeForm => inject(key, undefined) ?? useRecipe();
