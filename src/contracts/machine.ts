/** What a run begun here and now would be surrounded by. */
export interface Machine {
  readonly cpu: string;
  /** The GPU that TensorFlow takes; null where it trains on the CPU. */
  readonly gpu: string | null;
  readonly tensorflow: string;
  /** Threads inside an operation where the config names none. */
  readonly threads: number;
}
