import type { IconName } from '../components/icons';

/** The sidebar's entries, in the order of Ctrl 1 to Ctrl 5. */
export const places = [
  { key: 'library', to: '/library', icon: 'library' },
  { key: 'live', to: '/live', icon: 'live' },
  { key: 'datasets', to: '/datasets', icon: 'datasets' },
  { key: 'augmentation', to: '/augmentation', icon: 'augmentation' },
  { key: 'system', to: '/system/doctor', icon: 'system' },
] as const satisfies readonly { key: string; to: string; icon: IconName }[];

/** Every other page that needs no id: `title` is its message, `of` that of what it is a part of. places.test.ts finds a route that is missing. */
export const pages = [
  { to: '/new/data', title: 'wizard.step.data', of: 'wizard.title', icon: 'plus' },
  { to: '/new/question', title: 'wizard.step.question', of: 'wizard.title', icon: 'plus' },
  { to: '/new/recipe', title: 'wizard.step.recipe', of: 'wizard.title', icon: 'plus' },
  { to: '/new/review', title: 'wizard.step.review', of: 'wizard.title', icon: 'plus' },
  { to: '/live/queue', title: 'queue.title', of: 'nav.live', icon: 'queued' },
  { to: '/system/storage', title: 'system.tab.storage', of: 'nav.system', icon: 'system' },
  { to: '/system/settings', title: 'system.tab.settings', of: 'nav.system', icon: 'system' },
  { to: '/system/about', title: 'desktop.about.tab', of: 'nav.system', icon: 'system' },
] as const satisfies readonly { to: string; title: string; of: string; icon: IconName }[];

/** Pages that are rather something to do. */
export const beginnings = [
  { to: '/new', title: 'wizard.title', keys: 'Ctrl N' },
  { to: '/new/run', title: 'recipe.title', keys: undefined },
] as const;
