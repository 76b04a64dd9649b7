import { useRouter } from 'vue-router';
import type { ExperimentConfigInput } from '../../../../core/config/experiment';
import type { Json } from '../../../../core/config/experimentSchema';
import { withoutField } from '../../../../core/design/withField';
import type { Comparison, Confound, Level } from '../../../../core/judgement/comparison';
import { useDraft } from '../../../stores/draft';
import { useRuns } from '../../../stores/runs';
import { sameLevel } from '../parts/arms';
import { useResults } from '../useResults';
import { seedsUpTo } from './usePlans';

type Document = Record<string, Json>;

/** Opens the wizard with the runs that would answer: more of an experiment that exists, or a new one around runs picked by hand. */
export function useAddRuns(results = useResults()) {
  const draft = useDraft();
  const runs = useRuns();
  const router = useRouter();
  const open = (config: ExperimentConfigInput, extendsId?: string) => {
    draft.openDraft(config, extendsId);
    void router.push('/new/question');
  };
  const own = () => { const record = results.record.value; return record ? { config: record.config, id: record.summary.id } : null; };

  /** A base for a new experiment: the first run there is, without what the factors set. */
  function baseOf(comparison: Comparison, fields: readonly string[]): Document {
    const ids = comparison.arms.flatMap((arm) => arm.runs.flatMap((run) => (run.runId === null ? [] : [run.runId])));
    const known = ids.map((id) => runs.byId.get(id)).find((run) => run !== undefined && run.status !== 'damaged');
    if (!known) return {};
    const { name: _name, seed: _seed, ...config } = known.config;
    return fields.reduce<Document>(withoutField, JSON.parse(JSON.stringify(config)) as Document);
  }

  return {
    /** Every combination of the levels of a confound. */
    confound(comparison: Comparison, { offered }: Confound): void {
      const fields = [...new Set(offered.flatMap(({ levels }) => Object.keys(levels)))];
      const factors = fields.map((field) => ({ field, levels: distinct(offered.map(({ levels }) => levels[field] ?? null)) as Json[] }));
      const most = offered.reduce<readonly number[]>((longest, { missingSeeds }) => (missingSeeds.length > longest.length ? missingSeeds : longest), []);
      const existing = own();
      if (existing) {
        const merged = factors.map((factor) => ({ ...factor, levels: distinct([...(existing.config.factors.find(({ field }) => field === factor.field)?.levels ?? []), ...factor.levels] as Level[]) as Json[] }));
        open({ ...existing.config, factors: merged, design: 'full-factorial', seeds: union(existing.config.seeds, most) }, existing.id);
        return;
      }
      const seeds = union(comparison.arms.flatMap((arm) => arm.runs.flatMap((run) => (run.seed === null ? [] : [run.seed]))), most);
      open({ name: comparison.subject.name, base: baseOf(comparison, fields), factors, design: 'full-factorial', seeds: seeds.length > 0 ? seeds : [1, 2, 3, 4, 5], marginPoints: comparison.marginPoints });
    },
    /** As many seeds an arm as are given, the present ones first. */
    seeds(comparison: Comparison, count: number): void {
      const existing = own();
      const present = existing?.config.seeds ?? comparison.arms.flatMap((arm) => arm.runs.flatMap((run) => (run.seed === null ? [] : [run.seed])));
      const seeds = seedsUpTo(present, count);
      if (existing) open({ ...existing.config, seeds }, existing.id);
      else open({ name: comparison.subject.name, base: baseOf(comparison, comparison.factors.map(({ field }) => field)), factors: comparison.factors.map(({ field, levels }) => ({ field, levels: [...levels] as Json[] })), design: 'full-factorial', seeds, marginPoints: comparison.marginPoints });
    },
    /** The experiment as it is, to be added to. */
    more(): void {
      const existing = own();
      if (existing) open(existing.config, existing.id);
    },
  };
}

const union = (a: readonly number[], b: readonly number[]): number[] => [...new Set([...a, ...b])].sort((x, y) => x - y);
const distinct = (levels: readonly Level[]): Level[] => levels.filter((level, i) => levels.findIndex((other) => sameLevel(other, level)) === i);
