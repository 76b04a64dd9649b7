import type { DoctorCheck, DoctorReport } from './doctor';
import { masked } from './masked';

const titles: Readonly<Record<DoctorCheck['id'], string>> = {
  platform: 'Platform', device: 'Device', driver: 'Driver', runtime: 'Native runtime', binding: 'Binding', testStep: 'Test step', memory: 'Memory',
  disk: 'Disk', library: 'Library', dataset: 'CIFAR-10', display: 'Display', electron: 'Electron', network: 'Network',
};
const marks: Readonly<Record<DoctorCheck['state'], string>> = { passed: 'ok', warning: 'WARN', failed: 'FAIL', 'not-run': '-' };

/**
 * A report in plain English lines, for the terminal and for "copy as text". What is wrong stands below its check with the command that
 * mends it. Home folders become "~": a report is pasted where others read it.
 */
export function doctorText(report: DoctorReport): string {
  const lines = report.checks.flatMap((check) => {
    const line = `${marks[check.state].padEnd(5)} ${titles[check.id].padEnd(15)} ${check.value}${check.note ? `  (${check.note})` : ''}`;
    const { error } = check;
    if (!error) return [line];
    const below = [...(check.value === error.message ? [] : [error.message]), ...(error.remedy ? [error.remedy] : []), ...(error.command ? [`$ ${error.command}`] : [])];
    return [line, ...below.map((text) => `${' '.repeat(22)}${text}`)];
  });
  const count = (state: DoctorCheck['state']) => report.checks.filter((check) => check.state === state).length;
  const counts = ([['failed', 'failed'], ['warning', count('warning') === 1 ? 'warning' : 'warnings'], ['not-run', 'not run'], ['passed', 'passed']] as const)
    .flatMap(([state, word]) => (count(state) > 0 ? [`${count(state)} ${word}`] : []));
  const { cultivar, node, electron, tensorflow } = report.versions;
  return masked([
    ...lines,
    '',
    `Training runs on: ${report.device ? `${report.device.name} (${report.device.kind.toUpperCase()})` : 'nothing yet'}${report.device?.gpuNotUsed ? `. The GPU is NOT used: ${report.device.gpuNotUsed}` : ''}`,
    ...(report.gpuAwaited ? ['Runs that leave their device open wait for the GPU in the window, unless the CPU is chosen there meanwhile; commands train on the CPU, and say so.'] : []),
    `${counts.join(', ')}. Cultivar ${cultivar}, TensorFlow ${tensorflow ?? 'not loaded'}, Node ${node}${electron ? `, Electron ${electron}` : ''}; ${report.checkedAt}`,
    '',
  ].join('\n'));
}

/** The report for a mail or an issue: its lines, then what is kept of each failure beyond its sentence. */
export function doctorDiagnostics(report: DoctorReport): string {
  const details = report.checks.flatMap(({ error }) => (error?.detail ? [`${error.code}:`, ...error.detail.split('\n').map((line) => `    ${line}`)] : []));
  return masked([doctorText(report), ...details].join('\n'));
}
