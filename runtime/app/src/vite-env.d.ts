/** Written by `plugin-list.ts` at build time: the web entries of the installed plugins. */
declare module 'virtual:banli-web-plugins' {
  export const modules: ReadonlyArray<Readonly<Record<string, unknown>>>;
}
