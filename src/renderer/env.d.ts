/// <reference types="vite/client" />

declare module 'virtual:licences' {
  export interface Licence {
    readonly name: string;
    readonly version: string;
    readonly licence: string;
    readonly text: string;
  }
  /** Made by scripts/package/licencesPlugin.ts while the window is built. */
  const licences: readonly Licence[];
  export default licences;
}
