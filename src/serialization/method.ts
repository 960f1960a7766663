// biome-ignore lint/suspicious/noExplicitAny: methods of any signature
export type Method = (this: any, ...args: any[]) => any;
/** Replacements of methods of a prototype: each receives the method it replaces. */
export type Patches = Record<string, (original: Method) => Method>;

/** Combines several sets of patches. If two replace the same method, the later wraps the earlier. */
export function combinePatches(...sets: Patches[]): Patches {
  const combined: Patches = {};
  for (const set of sets) {
    for (const [name, outer] of Object.entries(set)) {
      const inner = combined[name];
      combined[name] = inner == null ? outer : (original) => outer(inner(original));
    }
  }
  return combined;
}
