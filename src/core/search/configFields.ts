import { folded } from '../text/fold';

/** Short names that a person would type, of fields that are called otherwise. */
const short: Readonly<Record<string, string>> = {
  lr: 'schedule.learningrate', rate: 'schedule.learningrate', batch: 'batchsize', network: 'model.architecture', model: 'model.architecture', data: 'data.dataset', images: 'data.trainimages',
  optimizer: 'optimizer.kind', schedule: 'schedule.kind', wd: 'optimizer.weightdecay', smoothing: 'labelsmoothing', ema: 'emadecay', start: 'model.start',
};

/** Settings of a config by their paths in small letters, `model.stem`, with their values as text; what is not set is "none". */
export function configFields(config: unknown): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`);
    else fields.set(path.toLowerCase(), value === null ? 'none' : folded(Array.isArray(value) ? value.map(listed).join(' ') : String(value)));
  };
  visit(config, '');
  return fields;
}

/** Of a list of augmentation operations, what they are called. */
const listed = (entry: unknown): string => (typeof entry === 'object' && entry !== null && 'kind' in entry ? String(entry.kind) : JSON.stringify(entry));

/** Values under a name: its short form, its whole path or the end of it. null where no setting is called so. */
export function valuesOf(fields: ReadonlyMap<string, string>, name: string): readonly string[] | null {
  const path = Object.hasOwn(short, name) ? short[name]! : name;
  const own = fields.get(path);
  if (own !== undefined) return [own];
  const ending = [...fields].filter(([field]) => field.endsWith(`.${path}`)).map(([, value]) => value);
  if (ending.length > 0) return ending;
  // A setting that this one has not, such as the momentum of Adam, or none of its parts.
  const below = [...fields].filter(([field]) => field.startsWith(`${path}.`)).map(([, value]) => value);
  return below.length > 0 ? below : Object.hasOwn(short, name) ? [] : null;
}
