/// <reference types="vite/client" />

declare module 'virtual:licences' {
  /** Made by scripts/package/licencesPlugin.ts while the window is built. */
  const licences: readonly { readonly name: string; readonly version: string; readonly licence: string; readonly text: string }[];
  export default licences;
}
