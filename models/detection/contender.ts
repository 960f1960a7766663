import {ValueError} from '../../src/core/errors';
import {METHODS} from './methods';

/** A method at a λ, as a row of the tables. */
export interface Contender {
  /** Its name in file names. */
  name: string;
  method: string;
  /** If left out, it follows from the tail ratio. */
  lambda?: number;
  title: string;
}

/**
 * Returns each method that has a λ once for each λ of the list, if a list is given.
 *
 * @throws ValueError if it is not a list of numbers ≥ 0.
 */
export function contendersOf(methods: readonly string[], lambdas: string | undefined): Contender[] {
  const list = lambdas?.split(',').map((part) => {
    const lambda = part.trim() === '' ? Number.NaN : Number(part);
    if (!(lambda >= 0)) throw new ValueError(`Expected \`--lambda\` to be numbers ≥ 0. Received: ${part}`);
    return lambda;
  });
  return methods.flatMap((method): Contender[] => {
    const {title} = METHODS[method];
    if (list === undefined || !method.startsWith('eql')) return [{name: method, method, title}];
    return list.map((lambda) => ({
      name: `${method}-${lambda}`,
      method,
      lambda,
      title: `${title}, λ = ${lambda}`,
    }));
  });
}
