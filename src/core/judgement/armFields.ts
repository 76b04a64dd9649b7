import type { ComparedFactor, FieldDifference, Level, Levels } from './comparison';
import type { JudgedRun } from './comparisonInput';
import type { CountedArm } from './counting';
import type { RunConfig } from '../config/run';
import { flatFields, originsOf, roleOf, type FieldRole } from './fieldRoles';
import { isKindOf } from './grouping';
import { distinctLevels, levelText, sameLevel } from './level';

/** All that is known of a run: its config's fields, what surrounded it, or what a given result says. */
export function knownFields(run: JudgedRun): Levels {
  const { config, surroundings, given } = run;
  const fields = known.get(run) ?? (given ? given.levels : { ...(config ? choices(config) : {}), ...knownOnly(surroundings ?? {}) });
  known.set(run, fields);
  return fields;
}

/** Asked for again and again, field by field. */
const known = new WeakMap<JudgedRun, Levels>();

/** A config without what was merely asked for: what was done stands in the surroundings. */
const choices = ({ device: _device, precision: _precision, intraOpThreads: _threads, ...config }: RunConfig): Levels => flatFields(config);

/** What surrounds a run is known once it has begun. */
const knownOnly = (surroundings: object): Levels => Object.fromEntries(Object.entries(surroundings).filter(([, value]) => value !== null));

/** The runs that speak for an arm: those that count, else given ones, else any with a config. */
export function speakers({ counted, runs }: CountedArm): JudgedRun[] {
  if (counted.length > 0) return counted.map(({ run }) => run);
  const given = runs.filter(({ run }) => run.given).map(({ run }) => run);
  return given.length > 0 ? given : runs.map(({ run }) => run);
}

/** The factor that a field belongs to: itself, or `optimizer` for `optimizer.momentum` where whole optimizers are compared. */
const factorOf = (field: string, factors: readonly ComparedFactor[]): string | null =>
  factors.find((factor) => field === factor.field || field.startsWith(`${factor.field}.`))?.field ?? null;

/** A factor is a cause, whatever it is elsewhere, and what comes with it follows: a data set's revision where data sets are compared. */
export function roleAmong(field: string, factors: readonly ComparedFactor[]): FieldRole {
  if (factorOf(field, factors) !== null) return 'cause';
  const role = roleOf(field);
  return role === 'environment' && originsOf(field, factors.map((factor) => factor.field)).length > 0 ? 'follows' : role;
}

/** Names of causes that differ between two sets of fields, factors by their own name, a kind's parameters left to the kind. */
export function differingCauses(a: Levels, b: Levels, factors: readonly ComparedFactor[]): string[] {
  const fields = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((field) => field in a && field in b && !sameLevel(a[field], b[field]));
  return [...new Set(fields.filter((field) => roleAmong(field, factors) === 'cause').map((field) => factorOf(field, factors) ?? field))];
}

/** Fields that differ between arms, each with its value by arm. Names and seeds differ by nature and are left out. */
export function fieldDifferences(arms: readonly CountedArm[], factors: readonly ComparedFactor[]): FieldDifference[] {
  // Of an arm whose runs are gone nothing is known, and so no difference.
  const known = arms.filter(({ runs }) => runs.some(({ run }) => run.config ?? run.given)).map((arm) => ({ arm, fields: speakers(arm).map(knownFields), given: speakers(arm).some((run) => run.given) }));
  const names = [...new Set(known.flatMap(({ fields }) => fields.flatMap((one) => Object.keys(one))))].filter((field) => field !== 'seed' && field !== 'name' && field !== 'schemaVersion');
  const valueOf = (one: (typeof known)[number], field: string): Level | 'unknown' | undefined => {
    const values = distinctLevels(one.fields.flatMap((fields) => (field in fields ? [fields[field]!] : [])));
    return values.length === 0 ? (one.given ? 'unknown' : undefined) : values.length === 1 ? values[0] : values;
  };
  const rows = names.flatMap((field) => {
    const values = known.map((one) => [one.arm.key, valueOf(one, field)] as const).filter((pair): pair is readonly [string, Level | 'unknown'] => pair[1] !== undefined);
    const said = values.filter(([, value]) => value !== 'unknown');
    const role = roleAmong(field, factors);
    // A kind's own parameter that others lack differs; a surrounding that is not known yet does not.
    const lacked = role === 'cause' && said.length > 0 && values.length < known.length;
    const differs = new Set(said.map(([, value]) => levelText(value))).size > 1 || lacked;
    return differs ? [{ field, values: Object.fromEntries(values) }] : [];
  });
  const causes = rows.map(({ field }) => field).filter((field) => roleAmong(field, factors) === 'cause');
  return rows.map(({ field, values }) => {
    const kind = causes.find((cause) => isKindOf(cause, field));
    const partial = kind !== undefined && Object.keys(values).length < known.length;
    const role = partial ? 'follows' : roleAmong(field, factors);
    return { field, role, from: role !== 'follows' ? null : partial ? kind : originsOf(field, causes)[0] ?? null, values };
  });
}
