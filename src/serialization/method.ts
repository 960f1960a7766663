// biome-ignore lint/suspicious/noExplicitAny: methods of any signature
export type Method = (this: any, ...args: any[]) => any;
/** Replacements of methods of a prototype: each gets the method that it replaces. */
export type Patches = Record<string, (original: Method) => Method>;

/** One set of patches out of several. Where two replace the same method, the later one goes around the earlier. */
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
