import type { Plugin } from 'vite';
import { shippedLicences } from './licences';

const name = 'virtual:licences';

/** Hundreds of packages share a few texts: each is written once. */
async function moduleText(): Promise<string> {
  const licences = await shippedLicences();
  const texts = [...new Set(licences.map(({ text }) => text))];
  const parts = licences.map(({ text, ...part }) => ({ ...part, text: texts.indexOf(text) }));
  const parsed = (value: unknown) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`;
  return `const texts = ${parsed(texts)};\nexport default ${parsed(parts)}.map((part) => ({ ...part, text: texts[part.text] }));\n`;
}

/** The licences of what is shipped, as a module of the window: gathered while it is built, so that the page needs no network and cannot lag behind. */
export const licencesPlugin = (): Plugin => ({
  name: 'cultivar-licences',
  resolveId: (id) => (id === name ? `\0${name}` : null),
  load: async (id) => (id === `\0${name}` ? moduleText() : null),
});
