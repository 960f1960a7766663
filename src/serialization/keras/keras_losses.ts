import {registeredObject} from './keras_classes';
import {
  deviation,
  isKerasObject,
  type KerasCompiled,
  type KerasEntry,
  NotInTfjs,
  nameAndConfig,
} from './keras_config';

export type Losses = KerasEntry | KerasEntry[] | Record<string, KerasEntry>;

// tfjs's name (in snake case, as in a trainingConfig), then Keras's.
const LOSSES = new Map(
  [
    ['mean_squared_error', 'MeanSquaredError', 'mse', 'MSE'],
    ['mean_absolute_error', 'MeanAbsoluteError', 'mae', 'MAE'],
    ['mean_absolute_percentage_error', 'MeanAbsolutePercentageError', 'mape', 'MAPE'],
    ['mean_squared_logarithmic_error', 'MeanSquaredLogarithmicError', 'msle', 'MSLE'],
    ['binary_crossentropy', 'BinaryCrossentropy', 'bce', 'BCE'],
    ['categorical_crossentropy', 'CategoricalCrossentropy'],
    ['sparse_categorical_crossentropy', 'SparseCategoricalCrossentropy'],
    ['kullback_leibler_divergence', 'kl_divergence', 'KLDivergence', 'kld', 'KLD'],
    ['cosine_proximity', 'cosine_similarity', 'CosineSimilarity'],
    ['hinge', 'Hinge'],
    ['squared_hinge', 'SquaredHinge'],
    ['categorical_hinge', 'CategoricalHinge'],
    ['logcosh', 'log_cosh', 'LogCosh'],
    ['poisson', 'Poisson'],
  ].flatMap(([name, ...aliases]) => [name, ...aliases].map((alias) => [alias, name] as const)),
);

/**
 * Converts the `loss` that Keras compiled a model with to tfjs's format: one loss, one per output, or a dict by output.
 *
 * @throws NotInTfjs for a loss that is neither one of tfjs's, computed identically, nor of a registered class.
 */
export function translateLosses(loss: KerasCompiled['loss'], outputs: string[]): Losses {
  if (loss == null) throw new NotInTfjs('no loss');
  if (typeof loss === 'string' || isKerasObject(loss)) return translateLoss(loss);
  const names = Array.isArray(loss) ? outputs : Object.keys(loss);
  const fits = Object.keys(loss).length === outputs.length && names.every((name) => outputs.includes(name));
  if (!fits)
    throw new NotInTfjs(`losses for ${Object.keys(loss).join(', ')} but outputs ${outputs.join(', ')}`);
  if (Array.isArray(loss)) return loss.map((entry) => translateLoss(entry));
  return Object.fromEntries(Object.entries(loss).map(([name, entry]) => [name, translateLoss(entry)]));
}

function translateLoss(loss: KerasEntry | KerasEntry[]): KerasEntry {
  if (typeof loss !== 'string' && !isKerasObject(loss))
    throw new NotInTfjs(`the loss ${JSON.stringify(loss)}`);
  const {name, config} = nameAndConfig(loss);
  const own = LOSSES.get(name);
  if (own !== undefined) {
    const different = deviation(config);
    if (different) throw new NotInTfjs(`${name}'s ${different}`);
    return own;
  }
  const registered = registeredObject(loss, 'loss');
  if (registered === undefined) throw new NotInTfjs(`the loss ${name}`);
  return registered;
}
