import type { DrawnShare, DrawShare } from '../../../core/inspection';
import { keptPlaces, type PolicyDraft } from './policy/edit';

/** Something that the whole draft may draw, and how often it was drawn as the draft stands. */
interface DrawnRow extends DrawShare {
  /** Whether a switch can take it out: parts of RandAugment and AutoAugment have none. */
  readonly switchable: boolean;
  readonly on: boolean;
  /** null: it is switched off, or nothing was counted yet. */
  readonly found: DrawnShare | null;
  /** Standard deviation of a fair count; 0 where every draw has it. */
  readonly deviation: number;
}

/** Joins what the draft could draw with what was counted of the policy it makes, whose operations stand in other places where some are switched off. */
export function drawnRows(draft: PolicyDraft, shares: readonly DrawShare[], counted: readonly DrawnShare[]): DrawnRow[] {
  const places = keptPlaces(draft);
  const inDraft = new Map(counted.map((row) => { const [place, part] = row.id.split(':'); return [[places[Number(place)], ...(part === undefined ? [] : [part])].join(':'), row]; }));
  return shares.map((share) => {
    const [place, part] = share.id.split(':');
    const item = draft[Number(place)];
    const found = share.after === 0 ? null : inDraft.get(share.id) ?? null;
    return {
      ...share, found, deviation: found ? (found.high - found.expected) / 1.96 : 0,
      switchable: part === undefined || item?.operation.kind === 'trivialAugmentWide' || item?.operation.kind === 'colorJitter',
      on: item !== undefined && item.on && (part === undefined || !(item.off as readonly string[]).includes(part)),
    };
  });
}

/** Standard deviations from the middle of a plot to its edge, one for all rows: three, or as many as the farthest dot needs. */
export const reachOf = (rows: readonly DrawnRow[]): number =>
  rows.reduce((most, { found, deviation }) => (found && deviation > 0 ? Math.max(most, Math.abs(found.found - found.expected) / deviation) : most), 3);
