import type { InspectedData } from '../../../../contracts/calls/inspection';
import type { AppliedRequest, CountsRequest, CountsStand, DrawnTiles, DrawsRequest, MomentsRequest, MomentsStand, Tiles } from './protocol';

/** Ends what runs on; what it has told stays. */
export type Stop = () => void;

/**
 * The inspector's work, done in workers with the trainer's code; one for a window, for as long as its component lives.
 * A lane is a name for what replaces each other ('A', 'B', 'strip'): of what is asked in one while it works only the last is done, and an answer that
 * a later question has overtaken is null. Images are fetched as they are needed and kept.
 */
export interface Inspection {
  /** Before anything else, and again when another data set, split or batch size is looked at. Kept images of another revision go. */
  open(data: InspectedData): void;
  /** @throws where an image cannot be read (`CultivarFailure` of `ask`) or the policy is none */
  draws(lane: string, request: DrawsRequest): Promise<DrawnTiles | null>;
  applied(lane: string, request: AppliedRequest): Promise<Tiles | null>;
  /** Tells several times a second; `last`: it is complete. */
  moments(request: MomentsRequest, tell: (stand: MomentsStand, last: boolean) => void): Stop;
  counts(request: CountsRequest, tell: (stand: CountsStand, last: boolean) => void): Stop;
}

