import type { DoctorReport } from '../contracts/doctor';
import type { DeviceSample } from '../contracts/system';
import { deviceSampler } from '../system/device';
import { runDoctor } from '../system/doctor';

/** The doctor's last report and the device's readings. Checks run one at a time: the probe loads the whole native runtime. */
export class Health {
  private last: DoctorReport | null = null;
  private running: Promise<DoctorReport> | null = null;
  private sampler: { readonly gpu: string | null; readonly sample: () => Promise<DeviceSample> } = { gpu: null, sample: deviceSampler(null) };

  constructor(private readonly libraryDir: string, private readonly cacheDir: string, private readonly changed: (report: DoctorReport) => void) {}

  /** The last report; null before the first. */
  get known(): DoctorReport | null {
    return this.last;
  }

  /** The last report, or the one that is being made. */
  report(): Promise<DoctorReport> {
    return this.last ? Promise.resolve(this.last) : this.check();
  }

  /** Runs every check; while they run, a second call waits for the same. */
  check(): Promise<DoctorReport> {
    this.running ??= this.run().finally(() => { this.running = null; });
    return this.running;
  }

  sampleDevice(): Promise<DeviceSample> {
    const gpu = this.gpuInUse();
    if (gpu !== this.sampler.gpu) this.sampler = { gpu, sample: deviceSampler(gpu) };
    return this.sampler.sample();
  }

  private async run(): Promise<DoctorReport> {
    const report = await runDoctor({ libraryDir: this.libraryDir, cacheDir: this.cacheDir });
    this.last = report;
    this.changed(report);
    return report;
  }

  private gpuInUse(): string | null {
    if (this.last?.device?.kind !== 'gpu') return null;
    const name = this.last.device.name;
    const gpu = this.last.gpus.find((found) => found.name === name) ?? this.last.gpus.at(0);
    return gpu ? (gpu.uuid ?? String(gpu.index)) : null;
  }
}
