import type { DatasetAudit } from '../../../core/audit/types';
import type { IconName } from '../../components/icons';
import { imbalance, type AuditSummary } from './pairs';

export const findings = ['across', 'within', 'labels', 'plain', 'balance', 'lists'] as const;
export type Finding = (typeof findings)[number];
export const isFinding = (name: unknown): name is Finding => (findings as readonly unknown[]).includes(name);

/** Found nothing to look at, something to look at, a fact, or not looked for yet. */
type Standing = 'fine' | 'found' | 'fact' | 'unknown';
const icons: Readonly<Record<Standing, IconName>> = { fine: 'check', found: 'confounded', fact: 'info', unknown: 'undetermined' };
export const findingIcon = (standing: Standing): IconName => icons[standing];

/** Classes that differ this much in size are said to be out of balance. */
const imbalanceFrom = 2;

/** Where a part of an audit stands, for its glyph and its word. */
export function standingOf(finding: Finding, audit: DatasetAudit | null, summary: AuditSummary | null): Standing {
  if (finding === 'lists') return 'fact';
  if (finding === 'labels' || !audit || !summary) return 'unknown';
  switch (finding) {
    case 'across': return summary.across > 0 ? 'found' : audit.method.near ? 'fine' : 'unknown';
    case 'within': return summary.within > 0 ? 'fact' : audit.method.near ? 'fine' : 'unknown';
    case 'plain': return audit.constant.count + audit.nearConstant.count > 0 ? 'found' : audit.grey.count > 0 ? 'fact' : 'fine';
    case 'balance': return (imbalance(audit.classCounts.train) ?? 1) >= imbalanceFrom ? 'found' : 'fine';
  }
}
