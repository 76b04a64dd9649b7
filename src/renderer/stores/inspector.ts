import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import type { Augmentation } from '../../core/config/augmentation';
import { draftOf, policyOf, type PolicyDraft } from '../features/augmentation/policy/edit';
import { edited, redone, startHistory, undone } from '../features/augmentation/policy/history';
import { remembered, toRemember, type Policies, type Side, type Viewpoint } from '../features/augmentation/state';
import { useUndo } from './undo';

const memory = 'cultivar.inspector';

/** What the inspector shows, remembered over restarts. Edits of the policies can be taken back; moving about in images, epochs and tabs is no edit. */
export const useInspector = defineStore('inspector', () => {
  const start = remembered(localStorage.getItem(memory));
  const place = shallowRef<Viewpoint>(start.place);
  const history = shallowRef(startHistory<Policies>(start.policies));
  const stack = useUndo();
  const policies = computed(() => history.value.present);
  const keep = () => { localStorage.setItem(memory, toRemember(place.value, policies.value)); };

  function go(change: Partial<Viewpoint>): void {
    place.value = { ...place.value, ...change };
    keep();
  }
  const canUndo = computed(() => history.value.past.length > 0);
  const undo = () => { take(undone(history.value)); };
  const redo = () => { take(redone(history.value)); };
  function set(next: Policies, key: string | null): void {
    const before = history.value;
    history.value = edited(before, next, key);
    if (history.value.past !== before.past) stack.push({ owner: 'inspector', within: /^#\/augmentation/, spent: () => !canUndo.value, undo, redo });
    if (next.b === null && place.value.side === 'b') place.value = { ...place.value, side: 'a' };
    keep();
  }
  /** Another place with its policies, as an address says it. */
  function show(to: Viewpoint, next: Policies): void {
    if (JSON.stringify(next) !== JSON.stringify(policies.value)) set(next, null);
    go(to);
  }
  function take(next: typeof history.value): void {
    history.value = next;
    if (policies.value.b === null) place.value = { ...place.value, side: 'a' };
    keep();
  }

  const draftAt = (side: Side): PolicyDraft | null => policies.value[side];
  /** The draft that is edited. */
  const draft = computed<PolicyDraft>(() => policies.value[place.value.side] ?? policies.value.a);
  const policy = computed<Augmentation>(() => policyOf(draft.value));
  /** @param key names an edit that goes on, such as the dragging of one slider */
  const edit = (next: PolicyDraft, key: string | null = null): void => { set({ ...policies.value, [place.value.side]: next }, key && `${place.value.side}.${key}`); };
  const choose = (side: Side, augmentation: Augmentation): void => { set({ ...policies.value, [side]: draftOf(augmentation) }, null); };
  /** A second policy beside the first: the same, to be changed; without it the first alone. */
  const compare = (): void => { set({ ...policies.value, b: policies.value.a }, null); go({ side: 'b' }); };
  const closeSide = (side: Side): void => { set({ a: side === 'a' ? policies.value.b ?? policies.value.a : policies.value.a, b: null }, null); };
  /** Looks at a policy from elsewhere, alone. */
  function look(augmentation: Augmentation, where: Partial<Viewpoint> = {}): void {
    set({ a: draftOf(augmentation), b: null }, null);
    go({ side: 'a', ...where });
  }

  return {
    place, policies, draft, policy, draftAt, go, edit, choose, compare, closeSide, look, show,
    canUndo, canRedo: computed(() => history.value.future.length > 0),
    undo, redo,
  };
});
