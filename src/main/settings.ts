import { z } from 'zod';
import type { Settings } from '../contracts/ipc';
import { readJson, writeJsonAtomic } from '../library/atomic';

const theme = z.enum(['system', 'light', 'dark']);
const language = z.enum(['system', 'en', 'ja']);

/** What the window may ask to change. */
export const settingsChangeSchema = z.strictObject({
  theme: theme.optional(),
  language: language.optional(),
  leaveOneCore: z.boolean().optional(),
  singleKeyShortcuts: z.boolean().optional(),
  notifications: z.boolean().optional(),
  preventSleep: z.boolean().optional(),
  cpuMeanwhile: z.boolean().optional(),
});

/** What is on disk; a field that another version wrote or that cannot be read takes its default and costs no other field. */
const storedSchema = z.object({
  theme: theme.catch('system'),
  language: language.catch('system'),
  leaveOneCore: z.boolean().catch(false),
  singleKeyShortcuts: z.boolean().catch(true),
  notifications: z.boolean().catch(true),
  preventSleep: z.boolean().catch(true),
  cpuMeanwhile: z.boolean().catch(false),
});

/** The person's choices, kept beside the app and not in the library: they belong to this computer. */
export class SettingsStore {
  private constructor(private readonly path: string, private current: Settings) {}

  static async open(path: string): Promise<SettingsStore> {
    const stored = storedSchema.safeParse(await readJson(path).catch(() => ({})));
    return new SettingsStore(path, stored.success ? stored.data : storedSchema.parse({}));
  }

  get value(): Settings {
    return this.current;
  }

  /** @throws CultivarError disk-full, library-read-only, permission-denied: then nothing has changed */
  async change(change: Partial<Settings>): Promise<Settings> {
    const next = { ...this.current, ...change };
    await writeJsonAtomic(this.path, next);
    return (this.current = next);
  }
}
