import { operationsOf } from '../../../../core/augmentation';
import { augmentationSchema, defaultOperation, operationKinds, policies, type Augmentation, type PolicyOperation } from '../../../../core/config/augmentation';

/** An operation of a policy that is being tried: switched off it stays in the list, and out of what is drawn. */
export interface PolicyItem { readonly operation: PolicyOperation; readonly on: boolean }
export type PolicyDraft = readonly PolicyItem[];

type Kind = PolicyOperation['kind'];
const mixesBatches = (kind: Kind) => kind === 'mixup' || kind === 'cutmix';
const standsOnce = (kind: Kind) => mixesBatches(kind) || kind === 'alternatingFlip';

export const draftOf = (augmentation: Augmentation): PolicyDraft => operationsOf(augmentation).map((operation) => ({ operation, on: true }));

/** One text for equal lists, whatever the order of their fields. */
const canonical = (list: unknown) => JSON.stringify(augmentationSchema.parse(list));
const presetTexts = new Map(policies.map((name) => [canonical(operationsOf(name)), name]));

/** What a draft draws: the preset's name where it is one, so that a run made of it is known as that preset's. */
export function policyOf(draft: PolicyDraft): Augmentation {
  const list = draft.filter(({ on }) => on).map(({ operation }) => operation);
  return presetTexts.get(canonical(list)) ?? list;
}

/** The whole draft as a policy, also what is switched off. */
export const wholePolicyOf = (draft: PolicyDraft): Augmentation => policyOf(draft.map(({ operation }) => ({ operation, on: true })));

const holds = (draft: PolicyDraft) => augmentationSchema.safeParse(draft.map(({ operation }) => operation)).success;

/** Kinds that the draft may take one more of. */
export const addable = (draft: PolicyDraft): readonly Kind[] =>
  draft.length >= 32 ? [] : operationKinds.filter((kind) => !standsOnce(kind) || !draft.some(({ operation }) => operation.kind === kind));

/** With a new operation of its defaults: at the end, but before what mixes batches. A jitter of nothing would show nothing: it begins with torchvision's example. */
export function added(draft: PolicyDraft, kind: Kind): PolicyDraft {
  const operation = kind === 'colorJitter' ? { ...defaultOperation(kind), brightness: 0.5, hue: 0.3 } : defaultOperation(kind);
  const end = mixesBatches(kind) ? -1 : draft.findIndex((item) => mixesBatches(item.operation.kind));
  const at = end < 0 ? draft.length : end;
  return [...draft.slice(0, at), { operation, on: true }, ...draft.slice(at)];
}

export const removed = (draft: PolicyDraft, at: number): PolicyDraft => draft.filter((_, i) => i !== at);
export const switched = (draft: PolicyDraft, at: number, on: boolean): PolicyDraft => draft.map((item, i) => (i === at ? { ...item, on } : item));

/** One place up (−1) or down (1); the draft itself where it may not go there. */
export function moved(draft: PolicyDraft, at: number, by: -1 | 1): PolicyDraft {
  const [one, other] = [draft[at], draft[at + by]];
  if (!one || !other) return draft;
  const next = draft.map((item, i) => (i === at ? other : i === at + by ? one : item));
  return holds(next) ? next : draft;
}

/** With one parameter changed, or the sentence that says why not (English; see i18n/problems). */
export function withParameter(draft: PolicyDraft, at: number, key: string, value: unknown): { readonly ok: true; readonly draft: PolicyDraft } | { readonly ok: false; readonly problem: unknown } {
  const operation = { ...draft[at]!.operation, [key]: value };
  const parsed = augmentationSchema.safeParse([operation]);
  if (!parsed.success) return { ok: false, problem: operation };
  return { ok: true, draft: draft.map((item, i) => (i === at ? { ...item, operation: (parsed.data as PolicyOperation[])[0]! } : item)) };
}
