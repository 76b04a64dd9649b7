import type { IconName } from '../components/icons';

/** The sidebar's entries, in the order of Ctrl 1 to Ctrl 5. */
export const places = [
  { key: 'library', to: '/library', icon: 'library' },
  { key: 'live', to: '/live', icon: 'live' },
  { key: 'datasets', to: '/datasets', icon: 'datasets' },
  { key: 'augmentation', to: '/augmentation', icon: 'augmentation' },
  { key: 'system', to: '/system/doctor', icon: 'system' },
] as const satisfies readonly { key: string; to: string; icon: IconName }[];
