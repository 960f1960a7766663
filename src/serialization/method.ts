// biome-ignore lint/suspicious/noExplicitAny: methods of any signature
export type Method = (this: any, ...args: any[]) => any;
/** Replacements of methods of a prototype: each gets the method that it replaces. */
export type Patches = Record<string, (original: Method) => Method>;
