/** Of a chart that is saved, CSS pixels: the same whatever the window's size is, so that saved charts stand beside each other. */
export const fileSize = { width: 720, height: 405 } as const;
