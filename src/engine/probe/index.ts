/**
 * The probe's process: one line of JSON on stdout (ProbeReport) and exit code 0, or a reason on stderr and exit code 1. Whoever
 * starts it reads TensorFlow's own log on stderr, so nothing else is written there while it goes well.
 */
import { toErrorData } from '../../contracts/errors';
import { probe, probeFailure } from './probe';

try {
  const report = await probe();
  console.log(JSON.stringify(report));
  const failure = probeFailure(report);
  if (failure) throw failure;
} catch (error) {
  const { code, message, detail } = toErrorData(error);
  console.error(`Error (${code}): ${message}${detail ? `\n${detail}` : ''}`);
  process.exitCode = 1;
}
