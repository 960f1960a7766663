const WATCHED = [
  'ArrayBuffer',
  'Float32Array',
  'Float64Array',
  'Int32Array',
  'Uint32Array',
  'Uint16Array',
  'Uint8Array',
];

type Constructor = new (...args: unknown[]) => {byteLength: number};

/** Counts the bytes of buffers and typed arrays that JavaScript asks for, from `start` on. */
export class AllocationWatch {
  bytes = 0;
  private readonly originals = new Map<string, Constructor>();

  start(): void {
    const scope = globalThis as unknown as Record<string, Constructor>;
    for (const name of WATCHED) {
      const original = scope[name];
      this.originals.set(name, original);
      scope[name] = new Proxy(original, {
        construct: (target, args, newTarget) => {
          const made = Reflect.construct(target, args, newTarget) as {byteLength: number};
          if (typeof args[0] !== 'object' || !(args[0] instanceof ArrayBuffer)) this.bytes += made.byteLength;
          return made;
        },
      });
    }
  }

  stop(): void {
    const scope = globalThis as unknown as Record<string, Constructor>;
    for (const [name, original] of this.originals) scope[name] = original;
  }
}
