import { useMediaQuery } from '@vueuse/core';

/** Whether the window is so large that charts and matrices may grow; words do not. */
export const useRoomy = () => useMediaQuery('(min-width: 2000px) and (min-height: 1300px)');
