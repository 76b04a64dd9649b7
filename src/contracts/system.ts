/** Device readings for the live page; null where the machine does not tell. */
export interface DeviceSample {
  readonly atMs: number;
  readonly kind: 'cpu' | 'gpu';
  readonly name: string;
  /** 0 to 1 of all cores, or of the GPU. */
  readonly load: number | null;
  readonly memoryUsedBytes: number | null;
  readonly memoryTotalBytes: number | null;
  readonly temperatureCelsius: number | null;
  readonly powerWatts: number | null;
  readonly powerLimitWatts: number | null;
  readonly hostMemoryUsedBytes: number;
  readonly hostMemoryTotalBytes: number;
}

export interface StorageReport {
  readonly libraryDir: string;
  readonly cacheDir: string;
  readonly datasetsBytes: number;
  readonly checkpointsBytes: number;
  readonly exportsBytes: number;
  readonly eventsBytes: number;
  /** Deleted runs, until the bin is emptied. */
  readonly binBytes: number;
  readonly libraryBytes: number;
  /** Native runtime and downloads. */
  readonly cacheBytes: number;
  readonly freeBytes: number;
}
