import {ValueError} from '../../src/core/errors';
import {METHODS} from './methods';

/**
 * What may follow training: adjusted logits, τ-normalized weights, or a classifier retrained on fresh or the same crops.
 */
export const SECOND_STAGES = {
  la: 'logits adjusted',
  tau: 'τ-normalized',
  crt: 'classifier retrained',
  'crt-same': 'classifier retrained, same crops',
} as const;

export type SecondStage = keyof typeof SECOND_STAGES;

/** A training method, and what is done with the model afterwards. */
export interface Contender {
  /** As given, such as `eql+la`. */
  name: string;
  /** One of `METHODS`. */
  method: string;
  after?: SecondStage;
  title: string;
}

/** The method that a second stage starts from if none is given. */
const BASELINE = 'ce';

/**
 * Reads `ce,eql,eql+la,crt`, in which `crt` is short for `ce+crt`.
 *
 * @throws ValueError naming an unknown method.
 */
export function contenders(list: string): Contender[] {
  return list.split(',').map((given) => {
    const name = given.trim();
    const [method, after, ...more] = (isStage(name) ? `${BASELINE}+${name}` : name).split('+');
    if (!Object.hasOwn(METHODS, method) || (after !== undefined && !isStage(after)) || more.length > 0) {
      const [known, stages] = [METHODS, SECOND_STAGES].map((names) => Object.keys(names).join(', '));
      throw new ValueError(
        `Expected \`--methods\` to be of ${known}; ${stages}; or a method + one of these ${Object.keys(SECOND_STAGES).length}. Received: ${name}`,
      );
    }
    const {title} = METHODS[method];
    return after === undefined
      ? {name, method, title}
      : {name, method, after, title: `${title}, ${SECOND_STAGES[after]}`};
  });
}

function isStage(name: string): name is SecondStage {
  return Object.hasOwn(SECOND_STAGES, name);
}
