import { policies as presets, type PolicyName } from '../../../core/config/augmentation';
import { draftOf, type PolicyDraft } from './policy/edit';
import { remembered, type Policies, type Viewpoint } from './state';

/** What of the inspector's place stands in its address, under which name: what is looked at, not how (tabs, sliders). */
const fields = { dataset: 'datasetId', image: 'index', seed: 'seed', epoch: 'epoch', draws: 'draws', batch: 'batchSize', run: 'ofRun', side: 'side' } as const satisfies Record<string, keyof Viewpoint>;
const texts: ReadonlySet<string> = new Set(['dataset', 'run', 'side']);

interface Shown { readonly place: Viewpoint; readonly policies: Policies }

/** A preset by its name, another list as JSON. */
function policyText(draft: PolicyDraft): string {
  const plain = JSON.stringify(draft);
  return presets.find((name) => JSON.stringify(draftOf(name)) === plain) ?? plain;
}

function draftIn(text: string): unknown {
  if ((presets as readonly string[]).includes(text)) return draftOf(text as PolicyName);
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The query of the address that shows this again. */
export function toQuery({ place, policies }: Shown): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, key] of Object.entries(fields)) {
    const value = place[key];
    if (value !== null) query[name] = String(value);
  }
  query['a'] = policyText(policies.a);
  if (policies.b) query['b'] = policyText(policies.b);
  return query;
}

/** What an address shows; what it leaves out is as it was, and what it has wrong as at the first time. null: it says nothing. */
export function fromQuery(query: Readonly<Record<string, unknown>>, now: Shown): Shown | null {
  const given: Record<string, unknown> = {};
  for (const [name, key] of Object.entries(fields)) {
    const value = query[name];
    if (typeof value === 'string') given[key] = texts.has(name) ? value : Number(value);
  }
  for (const side of ['a', 'b'] as const) if (typeof query[side] === 'string') given[side] = draftIn(query[side]);
  if (Object.keys(given).length === 0) return null;
  // An address with one policy shows one; one with a policy or a data set is whole: it leaves no run, no image of before.
  const whole = 'a' in given ? { b: null, datasetId: null, index: null, batchSize: null, ofRun: null } : {};
  return remembered(JSON.stringify({ ...now.place, ...now.policies, ...whole, ...given }));
}
