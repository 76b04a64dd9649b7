import { useI18n } from 'vue-i18n';
import type { ListedExperiment } from '../../../contracts/calls/experiments';
import type { IconName } from '../../components/icons';
import { answerLook, type Tone } from '../results/parts/verdicts';
import { useNames } from '../results/parts/useNames';
import { standingOf } from './standing';

/** The verdict of an experiment in a glyph and a few words. */
export function useVerdicts() {
  const { t } = useI18n();
  const names = useNames();
  return (experiment: ListedExperiment): { icon: IconName; tone: Tone; text: string } => {
    const { progress, comparison } = experiment;
    const standing = standingOf(experiment);
    const done = progress.completed + progress.failed;
    if (standing === 'failed' || !comparison) return { icon: 'failed', tone: 'failed', text: t('listing.verdict.unreadable') };
    // Where the queue is paused, or other runs come first, none of its runs trains.
    if (standing === 'running' && progress.running === 0) return { icon: 'queued', tone: 'unknown', text: t('listing.verdict.waiting', { done, planned: progress.planned }) };
    if (standing === 'running') return { icon: 'running', tone: 'running', text: t('listing.verdict.running', { done, planned: progress.planned }) };
    const { answer } = comparison;
    if (standing === 'interrupted' && answer.kind !== 'confounded') return { icon: 'interrupted', tone: 'unknown', text: t('listing.verdict.interrupted', { done, planned: progress.planned }) };
    const look = answerLook[answer.kind];
    switch (answer.kind) {
      case 'better': return { ...look, text: t('listing.verdict.better', { level: names.level(answer.factor, answer.level) }) };
      case 'worse': return { ...look, text: t('listing.verdict.worse', { level: names.level(answer.factor, answer.level) }) };
      case 'same': return { ...look, text: t('listing.verdict.same') };
      case 'depends': return { ...look, text: t('listing.verdict.depends', { field: names.field(answer.on) }) };
      case 'best': { const arm = comparison.arms.find(({ key }) => key === answer.arm); return { ...look, text: t('listing.verdict.best', { arm: arm ? names.armOf(arm) : answer.arm }) }; }
      case 'confounded': return { ...look, text: t('listing.verdict.confounded') };
      case 'undetermined': return { ...look, text: t('listing.verdict.undetermined') };
      case 'running': return { ...look, text: t('listing.verdict.running', { done: answer.done, planned: answer.planned }) };
    }
  };
}
