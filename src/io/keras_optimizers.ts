import {type KerasObject, NotInTfjs} from './keras_config';

/** tfjs's name of an optimizer and of those of its options that Keras calls otherwise or that tfjs needs. */
interface Translation {
  className: string;
  options: Record<string, string>;
}

const MOMENTS = {beta_1: 'beta1', beta_2: 'beta2', epsilon: 'epsilon'};

const OPTIMIZERS: Record<string, Translation> = {
  SGD: {className: 'SGD', options: {}},
  Momentum: {className: 'Momentum', options: {momentum: 'momentum', nesterov: 'useNesterov'}},
  Adam: {className: 'Adam', options: MOMENTS},
  Adamax: {className: 'Adamax', options: MOMENTS},
  Adagrad: {className: 'Adagrad', options: {initial_accumulator_value: 'initialAccumulatorValue'}},
  Adadelta: {className: 'Adadelta', options: {rho: 'rho', epsilon: 'epsilon'}},
  // tfjs calls Keras's rho decay, which in Keras is that of the learning rate.
  RMSprop: {
    className: 'RMSProp',
    options: {rho: 'decay', momentum: 'momentum', epsilon: 'epsilon', centered: 'centered'},
  },
};

const NOT_IN_TFJS = [
  'decay',
  'weight_decay',
  'clipnorm',
  'clipvalue',
  'global_clipnorm',
  'amsgrad',
  'use_ema',
  'loss_scale_factor',
  'gradient_accumulation_steps',
];

/**
 * tfjs's form of an optimizer that Keras serialized. Its state starts anew: the converter does not write it.
 *
 * @throws NotInTfjs for an optimizer or an option that tfjs lacks.
 */
export function translateOptimizer(optimizer?: KerasObject): KerasObject {
  const kerasName = optimizer?.class_name.replace(/^Custom>/, '') ?? '';
  const config = (optimizer?.config ?? {}) as Record<string, unknown>;
  const translation = OPTIMIZERS[kerasName === 'SGD' && config.momentum ? 'Momentum' : kerasName];
  if (translation === undefined)
    throw new NotInTfjs(kerasName ? `the optimizer ${kerasName}` : 'no optimizer');
  for (const key of NOT_IN_TFJS) {
    if (config[key]) throw new NotInTfjs(`${kerasName}'s ${key} = ${JSON.stringify(config[key])}`);
  }
  const translated: Record<string, unknown> = {learningRate: config.learning_rate ?? config.lr};
  for (const [key, name] of Object.entries(translation.options)) {
    if (config[key] !== undefined) translated[name] = config[key];
  }
  for (const [name, value] of Object.entries(translated)) {
    const fits =
      typeof value === 'number' || typeof value === 'boolean' || (value === null && name === 'epsilon');
    if (!fits) throw new NotInTfjs(`${kerasName}'s ${name} = ${JSON.stringify(value)}`);
  }
  return {class_name: translation.className, config: translated};
}
