import {ValueError} from './errors';
import {ofProcess} from './of_process';
import {VERSION} from './version';

/** The number of what copies of this package share: the registry and the meaning of the global symbols. */
export const PROTOCOL = 1;

/** A copy of this package that was loaded into the process. */
export interface Copy {
  version: string;
  /** Its file or URL. */
  at: string;
}

/**
 * Makes `instanceof cls` hold for instances of the same class in another copy of this package, such as ES modules beside
 * CommonJS. Subclasses are told apart as ever.
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

/**
 * Enters this copy as the first of the process, or finds the first one to be of its version.
 *
 * @param isHooked Whether TensorFlow.js is in the hands of any copy: one that has entered, or one of version 0.1.
 * @throws ValueError naming both copies, where they are of different versions.
 */
export function enterProcess(isHooked: boolean, own: Copy = {version: VERSION, at: whereThisIs()}): void {
  const unknown = {version: '0.1.0 or older', at: 'another file'};
  const first = ofProcess<Copy>('copy', () => (isHooked ? unknown : own));
  if (first.version === own.version) return;
  throw new ValueError(
    `Two versions of tfjs-longtail cannot share one TensorFlow.js: ${first.version} (${first.at}) is loaded, and now ` +
      `${own.version} (${own.at}). Install one of them: \`npm ls tfjs-longtail\` says who needs which, and \`overrides\` ` +
      'in package.json sets one for all.',
  );
}

// The first file that a stack trace names.
function whereThisIs(): string {
  return (
    /(?:file:|https?:|[A-Za-z]:\\|\/)[^\n()]*?(?=:\d+:\d+)/.exec(new Error().stack ?? '')?.[0] ?? 'unknown'
  );
}
