/** Lists the copies of tfjs-layers that Node has loaded, with their files; a bundle that contains one counts too. */
export function loadedLayers(): {at: string; LayersModel: {prototype: object}}[] {
  // CommonJS's cache. Importing `node:module` for it would take a tenth of this package's load time.
  const cache: Record<string, {exports: unknown} | undefined> = require.cache;
  const found = new Map<object, {at: string; LayersModel: {prototype: object}}>();
  for (const [at, module] of Object.entries(cache)) {
    if (!/[\\/]@tensorflow[\\/]tfjs(-layers)?[\\/]/.test(at)) continue;
    const {LayersModel} = (module?.exports ?? {}) as {LayersModel?: {prototype: object}};
    if (typeof LayersModel !== 'function') continue;
    // A module that re-exports another's comes after it.
    const known = found.get(LayersModel);
    if (known === undefined || at.includes('tfjs-layers')) found.set(LayersModel, {at, LayersModel});
  }
  return [...found.values()];
}
