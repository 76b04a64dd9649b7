import type { DoctorReport } from '../../../contracts/doctor';

/** The report as text to paste into a mail or an issue. */
export function reportText(report: DoctorReport, t: (key: string) => string): string {
  const lines = report.checks.map((check) => {
    const head = `[${check.state}] ${t(check.titleKey)}: ${check.value}${check.note ? ` (${check.note})` : ''}`;
    const error = check.error ? [`${check.error.code}: ${check.error.message}`, check.error.remedy, check.error.command, check.error.detail] : [];
    return [head, ...error.filter((line) => line !== undefined).map((line) => `    ${line.replaceAll('\n', '\n    ')}`)].join('\n');
  });
  const versions = Object.entries(report.versions).map(([name, version]) => `${name} ${version ?? '–'}`).join(', ');
  return [`Cultivar doctor, ${report.checkedAt}`, ...lines, versions].join('\n');
}
