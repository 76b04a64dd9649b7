export const datasetTabs = ['card', 'audit', 'images', 'uses'] as const;
export type DatasetTab = (typeof datasetTabs)[number];

/** The address of a data set's tab. @param revision of an older one; null for the newest */
export const datasetPath = (id: string, tab: DatasetTab = 'card', revision: string | null = null): string => `/datasets/${id}/${tab}${revision === null ? '' : `?revision=${revision}`}`;
