/** Raised only when a trajectory changes; runs of different numbers are never mixed. */
export const numericsVersion = 1;
