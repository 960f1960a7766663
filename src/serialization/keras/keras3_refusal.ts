import {ValueError} from '../../core/errors';

/** What is said of a part that TensorFlow.js has no equal of. */
export function refusal(layer: string, key: string, value: unknown): ValueError {
  return new ValueError(
    `Expected \`modelTopology\` to hold what TensorFlow.js has equals of. Received: ${layer} with ${key} = ${JSON.stringify(value)}`,
  );
}
