import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router';
import { datasetTabs } from './features/datasets/tabs';
import { resultTabs, runIdsOf } from './features/results/tabs';
import { lastPlace, rememberPlace } from './shell/lastPlace';
import { useDraft } from './stores/draft';

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: lastPlace },
  { path: '/library', component: () => import('./features/library/LibraryView.vue') },
  { path: '/new', redirect: () => { useDraft().leaveExtension(); return '/new/data'; } },
  { path: '/new/run', component: () => import('./features/recipe/RecipeView.vue') },
  { path: '/new/:step(data|question|recipe|review)', component: () => import('./features/wizard/WizardView.vue'), props: true },
  { path: '/live/queue', component: () => import('./features/queue/QueueView.vue') },
  { path: '/live', component: () => import('./features/live/LiveView.vue') },
  { path: '/runs/:id', component: () => import('./features/live/RunPage.vue'), props: true },
  { path: '/experiments/:id', redirect: (to) => `${to.path}/answer` },
  { path: `/experiments/:id/:tab(${resultTabs.join('|')})`, component: () => import('./features/results/ResultsView.vue'), props: ({ params }) => ({ experimentId: params.id, tab: params.tab }) },
  { path: '/compare', redirect: ({ query }) => ({ path: '/compare/answer', query }) },
  { path: `/compare/:tab(${resultTabs.join('|')})`, component: () => import('./features/results/ResultsView.vue'), props: ({ params, query }) => ({ runIds: runIdsOf(query.runs), tab: params.tab }) },
  { path: '/datasets', component: () => import('./features/datasets/DatasetsView.vue') },
  { path: `/datasets/:id([a-z0-9][a-z0-9-]*)/:tab(${datasetTabs.join('|')})`, component: () => import('./features/datasets/DatasetsView.vue'), props: true },
  { path: '/augmentation', component: () => import('./features/augmentation/AugmentationView.vue') },
  { path: '/system', redirect: '/system/doctor' },
  { path: '/system/:tab(doctor|storage|settings|about)', component: () => import('./features/system/SystemView.vue'), props: true },
  ...(import.meta.env.DEV ? [{ path: '/components', component: () => import('./features/gallery/GalleryView.vue') }] : []),
  { path: '/:rest(.*)*', redirect: '/library' },
];

export const router = createRouter({ history: createWebHashHistory(), routes });
rememberPlace(router);

/** Reads the code of every page while nothing else is to be done, one page after another, so that no first visit waits for it. */
export function readAhead(): void {
  const left = routes.flatMap(({ component }) => (typeof component === 'function' ? [component as () => Promise<unknown>] : []));
  const next = () => {
    const read = left.shift();
    // What cannot be read is told when somebody goes there.
    if (read) requestIdleCallback(() => { read().catch(() => undefined).finally(next); });
  };
  next();
}
