import { useI18n } from 'vue-i18n';
import type { ImportPlan, ImportProgress, ImportWarning, Quarantined } from '../../../contracts/importing';
import { foldedWarnings } from '../../../core/data/foldedWarnings';
import { useFormat } from '../../i18n/useFormat';

/** What is said of an import, in the window's language. */
export function useImportWords() {
  const { t } = useI18n();
  const format = useFormat();
  const images = ({ counts }: ImportPlan) => counts.train + counts.validation + counts.test;
  return {
    images,
    found: (plan: ImportPlan) => t('imports.found', { images: format.whole(images(plan)), classes: format.whole(plan.classes.length), kind: t(`imports.kind.${plan.kind}`) }),
    splits: ({ counts }: ImportPlan) => [t('imports.train', { count: format.whole(counts.train) }), ...(counts.validation > 0 ? [t('imports.validation', { count: format.whole(counts.validation) })] : []), ...(counts.test > 0 ? [t('imports.test', { count: format.whole(counts.test) })] : [])].join(t('imports.comma')),
    sizes: ({ commonSize, sides }: ImportPlan) => (commonSize ? t('imports.oneSize', { width: commonSize.width, height: commonSize.height }) : sides ? t('imports.manySizes', { least: sides.least, most: sides.most, median: sides.median, looked: sides.looked }) : ''),
    progress: (progress: ImportProgress | null) => (progress === null ? t('imports.starting') : [
      t(progress.phase === 'read' ? 'imports.reading' : 'imports.storing', { done: format.whole(progress.done), total: format.whole(progress.total) }),
      ...(progress.imagesPerSecond === null ? [] : [t('imports.rate', { count: format.whole(Math.round(progress.imagesPerSecond)) })]),
      ...(progress.remainingMs === null || progress.done === progress.total ? [] : [t('imports.left', { time: format.duration(progress.remainingMs) })]),
    ].join(t('imports.comma'))),
    warnings: (warnings: readonly ImportWarning[]) => foldedWarnings(warnings).map(({ code, count, subject, more }) => (more === 0 ? t(`imports.warning.${code}`, { count: format.whole(count), subject: subject ?? '' }) : t(`imports.folded.${code as 'class-small' | 'class-missing-in-test'}`, { count: format.whole(more + 1), least: format.whole(count), subject: subject ?? '' }))),
    reason: ({ reason }: Quarantined) => t(`imports.reason.${reason}`),
  };
}
