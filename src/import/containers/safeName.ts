import type { QuarantineReason } from '../../contracts/importing';

/** Why an archive's entry may not be used by its name; null where it may. Names are only ever compared and shown, never opened. */
export function nameProblem(name: string): { readonly reason: QuarantineReason; readonly message: string } | null {
  const unsafe = (message: string) => ({ reason: 'unsafe-name' as const, message });
  if (name === '' || name.length > 4096) return unsafe('its name is empty or longer than any file\'s');
  if (/^([a-zA-Z]:|[\\/])/.test(name)) return unsafe('its name is that of a place outside the archive');
  if (name.split(/[\\/]/).includes('..')) return unsafe('its name leads out of the archive');
  // eslint-disable-next-line no-control-regex -- these very characters are looked for
  if (/[\u0000-\u001f]/.test(name)) return unsafe('its name holds control characters');
  return null;
}

/** As it can be shown: control characters made visible, never longer than a line or two. */
export const shownName = (name: string) => {
  // eslint-disable-next-line no-control-regex -- these very characters are replaced
  const plain = name.replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
  return plain.length > 300 ? `${plain.slice(0, 200)}…${plain.slice(-60)}` : plain;
};

/** Files that lie beside images and are none: hidden ones, notes, thumbnails of a system. */
export const isAside = (name: string) => {
  const parts = name.split('/');
  return parts.some((part) => part.startsWith('.') || part === '__MACOSX') || /^(thumbs\.db|desktop\.ini)$/i.test(parts.at(-1)!);
};
