import type { Answer, Verdict } from '../../../../core/judgement/comparison';
import type { IconName } from '../../../components/icons';

export type Tone = 'ok' | 'same' | 'unknown' | 'confounded' | 'failed' | 'running' | 'plain';

/** A cost is as clear an answer as a gain: both are "ok" in colour, and told apart by glyph and word. */
export const verdictLook: Readonly<Record<Verdict, { readonly icon: IconName; readonly tone: Tone }>> = {
  better: { icon: 'better', tone: 'ok' }, worse: { icon: 'worse', tone: 'ok' }, same: { icon: 'same', tone: 'same' }, undetermined: { icon: 'undetermined', tone: 'unknown' },
};

export const answerLook: Readonly<Record<Answer['kind'], { readonly icon: IconName; readonly tone: Tone }>> = {
  running: { icon: 'running', tone: 'running' }, confounded: { icon: 'confounded', tone: 'confounded' }, undetermined: verdictLook.undetermined, better: verdictLook.better, worse: verdictLook.worse,
  same: verdictLook.same, depends: { icon: 'better', tone: 'ok' }, best: { icon: 'better', tone: 'ok' },
};
