import { operationsOf } from '../../../../core/augmentation';
import { augmentationSchema, defaultOperation, operationKinds, policies, type Augmentation, type PolicyOperation } from '../../../../core/config/augmentation';
import { withoutSwitched, type Term } from '../../../../core/inspection';

/** An operation of a policy that is being tried: switched off (`on`), or with parts of it switched off, it stays in the list and out of what is drawn. */
export interface PolicyItem { readonly operation: PolicyOperation; readonly on: boolean; readonly off: readonly Term[] }
export type PolicyDraft = readonly PolicyItem[];

type Kind = PolicyOperation['kind'];
const mixesBatches = (kind: Kind) => kind === 'mixup' || kind === 'cutmix';
const standsOnce = (kind: Kind) => mixesBatches(kind) || kind === 'alternatingFlip';

export const draftOf = (augmentation: Augmentation): PolicyDraft => operationsOf(augmentation).map((operation) => ({ operation, on: true, off: [] }));

/** One text for equal lists, whatever the order of their fields. */
const canonical = (list: unknown) => JSON.stringify(augmentationSchema.parse(list));
const presetTexts = new Map(policies.map((name) => [canonical(operationsOf(name)), name]));

const listOf = (draft: PolicyDraft): readonly PolicyOperation[] => draft.map(({ operation }) => operation);
const named = (list: readonly PolicyOperation[]): Augmentation => presetTexts.get(canonical(list)) ?? [...list];

/** What is switched off, by the ids of core's switches. */
export const offIds = (draft: PolicyDraft): ReadonlySet<string> =>
  new Set(draft.flatMap(({ on, off }, place) => [...(on ? [] : [String(place)]), ...off.map((part) => `${place}:${part}`)]));

/** What a draft draws: the preset's name where it is one, so that a run made of it is known as that preset's. */
export const policyOf = (draft: PolicyDraft): Augmentation => named(withoutSwitched([...listOf(draft)], offIds(draft)));
/** The draft as a policy with what is switched off. */
export const wholePolicyOf = (draft: PolicyDraft): Augmentation => named(listOf(draft));
/** The place in the draft of each operation of `policyOf`. */
export const keptPlaces = (draft: PolicyDraft): readonly number[] => draft.flatMap((item, place) => (withoutSwitched([item.operation], offIds([item])).length > 0 ? [place] : []));

const holds = (draft: PolicyDraft) => augmentationSchema.safeParse(listOf(draft)).success;

/** Kinds that the draft may take one more of. */
export const addable = (draft: PolicyDraft): readonly Kind[] =>
  draft.length >= 32 ? [] : operationKinds.filter((kind) => !standsOnce(kind) || !draft.some(({ operation }) => operation.kind === kind));

/** With a new operation of its defaults: at the end, but before what mixes batches. A jitter of nothing would show nothing: it begins with torchvision's example. */
export function added(draft: PolicyDraft, kind: Kind): PolicyDraft {
  const operation = kind === 'colorJitter' ? { ...defaultOperation(kind), brightness: 0.5, hue: 0.3 } : defaultOperation(kind);
  const end = mixesBatches(kind) ? -1 : draft.findIndex((item) => mixesBatches(item.operation.kind));
  const at = end < 0 ? draft.length : end;
  return [...draft.slice(0, at), { operation, on: true, off: [] }, ...draft.slice(at)];
}

export const removed = (draft: PolicyDraft, at: number): PolicyDraft => draft.filter((_, i) => i !== at);
export const switched = (draft: PolicyDraft, at: number, on: boolean): PolicyDraft => draft.map((item, i) => (i === at ? { ...item, on } : item));
export const partSwitched = (draft: PolicyDraft, at: number, part: Term, on: boolean): PolicyDraft =>
  draft.map((item, i) => (i === at ? { ...item, off: on ? item.off.filter((one) => one !== part) : [...item.off.filter((one) => one !== part), part] } : item));

/** One place up (−1) or down (1); the draft itself where it may not go there. */
export function moved(draft: PolicyDraft, at: number, by: -1 | 1): PolicyDraft {
  const [one, other] = [draft[at], draft[at + by]];
  if (!one || !other) return draft;
  const next = draft.map((item, i) => (i === at ? other : i === at + by ? one : item));
  return holds(next) ? next : draft;
}

/** With one parameter changed; null where the config may not hold it. */
export function withParameter(draft: PolicyDraft, at: number, key: string, value: unknown): PolicyDraft | null {
  const parsed = augmentationSchema.safeParse([{ ...draft[at]!.operation, [key]: value }]);
  return parsed.success ? draft.map((item, i) => (i === at ? { ...item, operation: (parsed.data as PolicyOperation[])[0]! } : item)) : null;
}
