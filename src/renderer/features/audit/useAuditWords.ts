import { useI18n } from 'vue-i18n';
import type { DatasetAudit, DuplicatePair } from '../../../core/audit/types';
import { useFormat } from '../../i18n/useFormat';
import { goesFirst, numberInSplit, shownOrder, splitOf } from './pairs';
import { inject, provide, type InjectionKey } from 'vue';

type Named = Pick<DatasetAudit, 'counts' | 'classes' | 'labels'>;
const key: InjectionKey<() => Named> = Symbol('audited');

/** Names of images in what is below come from here. */
export const provideAudited = (named: () => Named): void => { provide(key, named); };

/** Images and pairs of an audit in words. */
export function useAuditWords() {
  const named = inject(key);
  if (!named) throw new Error('useAuditWords stands under provideAudited.');
  const { t } = useI18n();
  const format = useFormat();
  const image = (index: number) => t('audit.image', { split: t(`audit.split.${splitOf(index, named().counts)}`), number: format.whole(numberInSplit(index, named().counts)) });
  const images = (indices: readonly number[]) => indices.map(image).join(t('common.comma'));
  const classOf = (index: number) => { const label = named().labels[index]; return label === undefined ? '' : named().classes[label] ?? String(label); };
  const classes = (pair: DuplicatePair) => { const [left, right] = shownOrder(pair, named().counts).map(classOf); return left === right ? left! : t('audit.twoClasses', { left, right }); };
  const distance = ({ kind, distance: value }: DuplicatePair) => (kind === 'exact' ? t('audit.equal') : t('audit.distance', { distance: value < 0.0005 ? '< 0.001' : format.decimal(value, 3) }));
  const facts = (pair: DuplicatePair) => [classes(pair), distance(pair), ...(pair.mirrored ? [t('audit.mirrored')] : [])].join(t('common.comma'));
  return {
    image, images, classOf, distance, facts,
    pair: (pair: DuplicatePair) => [images(shownOrder(pair, named().counts)), facts(pair)].join(t('common.comma')),
    /** Which image the box of a pair chooses. */
    leavesOut: (pair: DuplicatePair) => t('audit.leavesOut', { image: image(goesFirst(pair, named().counts)) }),
  };
}
