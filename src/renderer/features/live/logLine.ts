import type { LogEntry } from '../../../core/run/view';
import type { useFormat } from '../../i18n/useFormat';

type Translate = (key: string, values?: Record<string, unknown>) => string;

/** One entry of the log in words: what it is, and what there is to say about it. */
export function logLine(entry: LogEntry, t: Translate, format: ReturnType<typeof useFormat>, said: (text: string) => string): { head: string; text: string } {
  const head = entry.type === 'planned' ? '' : t(`log.${entry.type}`);
  switch (entry.type) {
    case 'started':
      return { head, text: t('log.on', { device: entry.device.name, steps: format.whole(entry.totalSteps) }) };
    case 'resumed':
    case 'paused':
    case 'continued':
      return { head, text: t('log.atStep', { step: format.whole(entry.step) }) };
    case 'firstBatch':
      return { head, text: t('log.images', { count: entry.images }) };
    case 'epoch':
      return { head: t('log.epochNumber', { epoch: entry.epoch }), text: t('log.validation', { accuracy: format.percent(entry.validation.accuracy), loss: format.loss(entry.validation.loss) }) };
    case 'planned':
      return {
        head: t('training.log.planned'),
        text: entry.reason === 'early-stopping' ? t('training.log.earlyStopping', { epochs: entry.epochs, asked: entry.asked }) : t('training.log.timeBudget', { epochs: entry.epochs, asked: entry.asked, time: format.duration(entry.epochMs ?? 0) }),
      };
    case 'checkpoint':
      return { head: entry.reason === 'best' ? t('log.keptBest') : head, text: t('log.checkpointAt', { step: format.whole(entry.step), bytes: format.bytes(entry.bytes) }) };
    case 'warned':
      return { head, text: said(entry.error.message) };
    case 'noted':
      return { head, text: entry.text };
    case 'ended':
      return { head: t(`run.${entry.outcome}`), text: said(entry.error?.message ?? '') };
  }
}
