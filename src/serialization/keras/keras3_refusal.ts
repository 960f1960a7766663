import {ValueError} from '../../core/errors';

/** The error for a part that has no equivalent in TensorFlow.js. */
export function refusal(layer: string, key: string, value: unknown): ValueError {
  return new ValueError(
    `Expected \`modelTopology\` to hold what TensorFlow.js has equals of. Received: ${layer} with ${key} = ${JSON.stringify(value)}`,
  );
}
