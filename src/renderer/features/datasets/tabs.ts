export const datasetTabs = ['card', 'audit', 'images', 'uses'] as const;
export type DatasetTab = (typeof datasetTabs)[number];

/** The address of a data set's tab. */
export const datasetPath = (id: string, tab: DatasetTab = 'card'): string => `/datasets/${id}/${tab}`;
