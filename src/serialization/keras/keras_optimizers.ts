import {type KerasObject, NotInTfjs, nameAndConfig} from './keras_config';

/** tfjs's name of an option, and Keras's default, used if the file omits it. */
type Option = [name: string, byDefault: number | boolean];

interface Translation {
  className: string;
  /** By Keras's option names. Some of tfjs's optimizers have no defaults. */
  options: Record<string, Option>;
}

const MOMENTS: Record<string, Option> = {
  learning_rate: ['learningRate', 0.001],
  beta_1: ['beta1', 0.9],
  beta_2: ['beta2', 0.999],
  epsilon: ['epsilon', 1e-7],
};

// By Keras's names in lower case: Keras does not distinguish 'adam' from 'Adam'.
const OPTIMIZERS: Record<string, Translation> = {
  sgd: {className: 'SGD', options: {learning_rate: ['learningRate', 0.01]}},
  adam: {className: 'Adam', options: MOMENTS},
  adamax: {className: 'Adamax', options: MOMENTS},
  adagrad: {
    className: 'Adagrad',
    options: {
      learning_rate: ['learningRate', 0.001],
      initial_accumulator_value: ['initialAccumulatorValue', 0.1],
    },
  },
  adadelta: {
    className: 'Adadelta',
    options: {learning_rate: ['learningRate', 0.001], rho: ['rho', 0.95], epsilon: ['epsilon', 1e-7]},
  },
  // tfjs's `decay` is Keras's `rho`; Keras's own `decay` is learning-rate decay.
  rmsprop: {
    className: 'RMSProp',
    options: {
      learning_rate: ['learningRate', 0.001],
      rho: ['decay', 0.9],
      momentum: ['momentum', 0],
      epsilon: ['epsilon', 1e-7],
      centered: ['centered', false],
    },
  },
};

const SGD_WITH_MOMENTUM: Translation = {
  className: 'Momentum',
  options: {
    learning_rate: ['learningRate', 0.01],
    momentum: ['momentum', 0],
    nesterov: ['useNesterov', false],
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

/** Other options of Keras's optimizers, without effect on training unless the options above are set. */
const OF_NO_EFFECT = [
  'name',
  'dtype',
  'lr',
  'ema_momentum',
  'ema_overwrite_frequency',
  'jit_compile',
  'is_legacy_optimizer',
];
/** Options of some optimizers, handled below. */
const OF_ONE: Record<string, string[]> = {sgd: ['momentum', 'nesterov'], adagrad: ['epsilon']};

const isSet = (value: unknown) => value !== undefined && value !== null && value !== false;

/**
 * Converts an optimizer serialized by Keras, as an object or, with Keras's defaults, a name, to tfjs's format. Its
 * state starts anew, as the converter does not write it.
 *
 * @throws NotInTfjs for an optimizer or an option that tfjs lacks.
 */
export function translateOptimizer(optimizer?: KerasObject | string): KerasObject {
  const {name: fullName, config} = nameAndConfig(optimizer ?? '');
  // Keras 2.11 registered its own optimizers under Custom.
  const kerasName = typeof optimizer === 'string' ? fullName : fullName.replace(/^Custom>/, '');
  const key = kerasName.toLowerCase();
  if (!Object.hasOwn(OPTIMIZERS, key))
    throw new NotInTfjs(kerasName ? `the optimizer ${kerasName}` : 'no optimizer');
  const translation = key === 'sgd' && config.momentum ? SGD_WITH_MOMENTUM : OPTIMIZERS[key];
  for (const option of NOT_IN_TFJS) {
    if (config[option]) throw new NotInTfjs(`${kerasName}'s ${option} = ${JSON.stringify(config[option])}`);
  }
  const known = [
    ...Object.keys(translation.options),
    ...NOT_IN_TFJS,
    ...OF_NO_EFFECT,
    ...(OF_ONE[key] ?? []),
  ];
  const unknown = Object.keys(config).find((option) => !known.includes(option) && isSet(config[option]));
  if (unknown !== undefined)
    throw new NotInTfjs(`${kerasName}'s option ${unknown} = ${JSON.stringify(config[unknown])}`);
  // tfjs's Adagrad uses the backend's epsilon.
  if (key === 'adagrad' && ![undefined, null, 1e-7].includes(config.epsilon as number))
    throw new NotInTfjs(`${kerasName}'s epsilon = ${JSON.stringify(config.epsilon)}`);
  const translated: Record<string, unknown> = {};
  for (const [option, [name, byDefault]] of Object.entries(translation.options)) {
    const value = option === 'learning_rate' ? (config.learning_rate ?? config.lr) : config[option];
    translated[name] = value === undefined ? byDefault : value;
  }
  for (const [name, value] of Object.entries(translated)) {
    const fits =
      typeof value === 'number' || typeof value === 'boolean' || (value === null && name === 'epsilon');
    if (!fits) throw new NotInTfjs(`${kerasName}'s ${name} = ${JSON.stringify(value)}`);
  }
  return {class_name: translation.className, config: translated};
}
