import type { Router } from 'vue-router';

const kept = 'cultivar.place';
/** Pages one comes back to. What trains now, and how the machine is, is looked at anew each time. */
const returned = /^\/(library|runs|experiments|compare|datasets|augmentation|new)(?=\/|\?|$)/;

/** Where the window was when it was last closed. */
export function lastPlace(): string {
  const place = localStorage.getItem(kept) ?? '';
  return returned.test(place) ? place : '/library';
}

export function rememberPlace(router: Router): void {
  // A search that came with the address is kept by the library itself.
  router.afterEach(({ path, fullPath }) => { localStorage.setItem(kept, path === '/library' ? path : fullPath); });
}

/**
 * Whether the window leaves the page that it came back to for the library: an archive it was started with is taken there, and a run or an
 * experiment that has gone since, or is of another library, is no error.
 */
export const leavesFor = (path: string, has: Parameters<typeof isGone>[1], archiveWaits: boolean): '/library' | null =>
  ((archiveWaits && !path.startsWith('/library')) || isGone(path, has) ? '/library' : null);

function isGone(path: string, has: { readonly run: (id: string) => boolean; readonly experiment: (id: string) => boolean }): boolean {
  const [, kind, id] = /^\/(runs|experiments)\/([^/?]+)/.exec(path) ?? [];
  return kind === 'runs' ? !has.run(decodeURIComponent(id!)) : kind === 'experiments' ? !has.experiment(decodeURIComponent(id!)) : false;
}
