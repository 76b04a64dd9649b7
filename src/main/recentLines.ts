/** The last lines that main wrote of what went wrong, for "copy diagnostics": an installed app has no terminal to read them in. */
export class RecentLines {
  private readonly lines: string[] = [];

  constructor(private readonly kept = 40, private readonly now = () => new Date()) {}

  /** Keeps what `error` and `warn` are given, and passes it on. */
  follow(console: Pick<Console, 'error' | 'warn'>): void {
    for (const name of ['error', 'warn'] as const) {
      const write = console[name].bind(console);
      console[name] = (...parts: unknown[]) => {
        this.add(parts.map((part) => (part instanceof Error ? (part.stack ?? part.message) : String(part))).join(' '));
        write(...parts);
      };
    }
  }

  get all(): readonly string[] {
    return this.lines;
  }

  private add(text: string): void {
    this.lines.push(`${this.now().toISOString()} ${text}`);
    this.lines.splice(0, this.lines.length - this.kept);
  }
}
