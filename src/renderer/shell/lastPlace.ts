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

/** A run or an experiment that has gone since, or is of another library, leads to the library instead of to an error. */
export function isGone(path: string, has: { readonly run: (id: string) => boolean; readonly experiment: (id: string) => boolean }): boolean {
  const [, kind, id] = /^\/(runs|experiments)\/([^/?]+)/.exec(path) ?? [];
  return kind === 'runs' ? !has.run(decodeURIComponent(id!)) : kind === 'experiments' ? !has.experiment(decodeURIComponent(id!)) : false;
}
