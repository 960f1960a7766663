import Module from 'node:module';

/** The copies of tfjs-layers that Node has loaded, with their files; a bundle that holds one counts too. */
export function loadedLayers(): {at: string; LayersModel: {prototype: object}}[] {
  // Node's own cache of CommonJS, which its types do not have.
  const cache: Record<string, {exports: unknown} | undefined> = Reflect.get(Module, '_cache') ?? {};
  const found = new Map<object, {at: string; LayersModel: {prototype: object}}>();
  for (const [at, module] of Object.entries(cache)) {
    if (!/[\\/]@tensorflow[\\/]tfjs(-layers)?[\\/]/.test(at)) continue;
    const {LayersModel} = (module?.exports ?? {}) as {LayersModel?: {prototype: object}};
    if (typeof LayersModel !== 'function') continue;
    // What re-exports another's stands after it.
    const known = found.get(LayersModel);
    if (known === undefined || at.includes('tfjs-layers')) found.set(LayersModel, {at, LayersModel});
  }
  return [...found.values()];
}
