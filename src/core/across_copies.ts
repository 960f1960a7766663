import {ValueError} from './errors';
import {ofProcess} from './of_process';
import {VERSION} from './version';

/** The version of what copies of this package share: the registry and the meaning of the global symbols. */
export const PROTOCOL = 1;

/** A copy of this package that was loaded into the process. */
export interface Copy {
  version: string;
  /** Its file or URL. */
  at: string;
}

/**
 * Makes `instanceof cls` hold for instances of the same class in another copy of this package, such as ES modules
 * alongside CommonJS. Subclasses are still told apart.
 */
export function acrossCopies(cls: {readonly prototype: object}, name: string): void {
  const brand = Symbol.for(`tfjs-longtail.${name}.${PROTOCOL}`);
  Object.defineProperty(cls.prototype, brand, {value: true});
  Object.defineProperty(cls, Symbol.hasInstance, {
    value(this: unknown, value: unknown): boolean {
      if (this !== cls) return Function.prototype[Symbol.hasInstance].call(this as () => void, value);
      const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
      const prototype: unknown = isObject ? Object.getPrototypeOf(value) : null;
      return prototype !== null && Reflect.has(prototype as object, brand);
    },
  });
}

// Takes the slow stack trace only for an error.
const thisCopy: Copy = {
  version: VERSION,
  get at() {
    return whereThisIs();
  },
};

/**
 * Registers this copy as the first of the process, or checks that the first has the same version.
 *
 * @param isHooked Whether any copy has hooked TensorFlow.js: one that is registered, or one of version 0.1.
 * @throws ValueError naming both copies, if their versions differ.
 */
export function enterProcess(isHooked: boolean, own: Copy = thisCopy): void {
  const unknown = {version: '0.1.0 or older', at: 'another file'};
  const first = ofProcess<Copy>('copy', () => (isHooked ? unknown : own));
  if (first.version === own.version) return;
  throw new ValueError(
    `Two versions of tfjs-longtail cannot share one TensorFlow.js: ${first.version} (${first.at}) is loaded, and now ` +
      `${own.version} (${own.at}). Install one of them: \`npm ls tfjs-longtail\` says who needs which, and \`overrides\` ` +
      'in package.json sets one for all.',
  );
}

// The first file named in a stack trace.
function whereThisIs(): string {
  return (
    /(?:file:|https?:|[A-Za-z]:\\|\/)[^\n()]*?(?=:\d+:\d+)/.exec(new Error().stack ?? '')?.[0] ?? 'unknown'
  );
}
