import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router';

const routes: RouteRecordRaw[] = [
  { path: '/', redirect: '/library' },
  { path: '/library', component: () => import('./features/library/LibraryView.vue') },
  { path: '/new', component: () => import('./features/recipe/RecipeView.vue') },
  { path: '/live', component: () => import('./features/live/LiveView.vue') },
  { path: '/runs/:id', component: () => import('./features/live/RunPage.vue'), props: true },
  { path: '/datasets', component: () => import('./features/datasets/DatasetsView.vue') },
  { path: '/augmentation', component: () => import('./features/augmentation/AugmentationView.vue') },
  { path: '/system', redirect: '/system/doctor' },
  { path: '/system/:tab(doctor|storage|settings)', component: () => import('./features/system/SystemView.vue'), props: true },
  ...(import.meta.env.DEV ? [{ path: '/components', component: () => import('./features/gallery/GalleryView.vue') }] : []),
  { path: '/:rest(.*)*', redirect: '/library' },
];

export const router = createRouter({ history: createWebHashHistory(), routes });
