import { onScopeDispose, watch } from 'vue';
import { watchDebounced } from '@vueuse/core';
import { useRoute, useRouter } from 'vue-router';
import { useInspector } from '../../stores/inspector';
import { fromQuery, toQuery } from './address';

/** A slider that moves is no address. */
const restMs = 200;

/** Keeps the inspector's place in the address, so that reload, back and a copied address show it again; an address that is opened is shown. */
export function useAddress(): void {
  const [route, router, inspector] = [useRoute(), useRouter(), useInspector()];
  const { path } = route;
  let written = '';
  /** Another page is on its way, its code perhaps still read: an address written now would call it off. */
  let leaving = false;
  const stops = [router.beforeEach((to) => { leaving = to.path !== path; }), router.afterEach((to, _from, failure) => { leaving = !failure && to.path !== path; })];
  onScopeDispose(() => { for (const stop of stops) stop(); });
  watch(() => route.query, (query) => {
    if (route.path !== path || JSON.stringify(query) === written) return;
    const shown = fromQuery(query, inspector);
    if (shown) inspector.show(shown.place, shown.policies);
  }, { immediate: true });
  watchDebounced([() => inspector.place, () => inspector.policies], () => {
    if (leaving) return;
    const query = toQuery(inspector);
    written = JSON.stringify(query);
    if (written !== JSON.stringify(route.query)) void router.replace({ path, query });
  }, { debounce: restMs, immediate: true });
}
