import { expect, it } from 'vitest';
import type { AuditedImages, DatasetAudit } from '../../../core/audit/types';
import { findings, standingOf } from './findings';
import { summaryOf } from './pairs';

const some = (count: number): AuditedImages => ({ count, indices: [] });
const auditOf = (change: Partial<DatasetAudit>): DatasetAudit => ({
  schemaVersion: 1, datasetId: 'x', revision: 'r', createdAt: '', elapsedMs: 1, counts: { train: 10, test: 5 }, classes: ['a', 'b'], pairs: [], pairsLeftOut: 0, notComparedInFull: some(0), grey: some(0), constant: some(0), nearConstant: some(0),
  method: { version: 1, threshold: 0.3, keptUpTo: 0.4, near: { features: 1, candidateCosine: 0.8, shiftPixels: 4, images: 15 } }, classCounts: { train: [5, 5], test: [3, 2] }, labels: {}, ...change,
});
const standings = (audit: DatasetAudit | null) => Object.fromEntries(findings.map((finding) => [finding, standingOf(finding, audit, audit && summaryOf(audit, audit.method.threshold))]));

it('knows nothing before an audit, and finds nothing in clean images', () => {
  expect(standings(null)).toEqual({ across: 'unknown', within: 'unknown', labels: 'unknown', plain: 'unknown', balance: 'unknown', lists: 'fact' });
  expect(standings(auditOf({}))).toMatchObject({ across: 'fine', within: 'fine', plain: 'fine', balance: 'fine' });
});

it('does not call near duplicates absent where only equal pixels were compared', () => {
  expect(standings(auditOf({ method: { version: 1, threshold: 0, keptUpTo: 0, near: null } }))).toMatchObject({ across: 'unknown', within: 'unknown', balance: 'fine' });
});

it('tells what asks for a look from what is a fact', () => {
  const pair = { kind: 'near', mirrored: false, shift: [0, 0] } as const;
  const found = auditOf({ pairs: [{ ...pair, a: 1, b: 12, distance: 0.1 }, { ...pair, a: 2, b: 3, distance: 0.2 }], grey: some(4), classCounts: { train: [8, 2], test: [3, 2] } });
  expect(standings(found)).toMatchObject({ across: 'found', within: 'fact', plain: 'fact', balance: 'found' });
  expect(standings(auditOf({ nearConstant: some(1) }))).toMatchObject({ plain: 'found' });
  // Beyond the distance chosen there is no pair.
  expect(standingOf('across', found, summaryOf(found, 0.05))).toBe('fine');
});
