import type {LayersModel, SymbolicTensor} from '@tensorflow/tfjs-layers';
import * as tfl from '@tensorflow/tfjs-layers';
import type {ImageShape} from '../../io/datasets';
import {lastDense} from '../../training/last_dense';
import {CommandError} from '../exit';

const MOST_BLOCKS = 4;
const LEAST_SIDE = 4;
const FILTERS = 16;

/** Makes a small convolutional network that outputs logits, initialized by `seed`. */
export function smallNetwork(shape: ImageShape, classes: number, seed: number): LayersModel {
  const layers: tfl.layers.Layer[] = [];
  // tfjs treats a seed of 0 as none.
  const initializer = (at: number) => tfl.initializers.heNormal({seed: seed * 97 + at + 1});
  let side = Math.min(shape[0], shape[1]);
  for (let block = 0; block < MOST_BLOCKS && (block === 0 || side >= 2 * LEAST_SIDE); ++block) {
    layers.push(
      tfl.layers.conv2d({
        filters: FILTERS * 2 ** block,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: initializer(block),
        ...(block === 0 && {inputShape: [...shape]}),
      }),
    );
    if (side >= 2) layers.push(tfl.layers.maxPooling2d({poolSize: 2}));
    side = Math.floor(side / 2);
  }
  layers.push(tfl.layers.globalAveragePooling2d({}), logits(classes, seed));
  return tfl.sequential({layers});
}

/** Height and width of a model's input images. @throws CommandError if its input is not images. */
export function imageSizeOf(model: LayersModel): [number, number] | undefined {
  const shape = model.inputs[0]?.shape;
  if (model.inputs.length !== 1 || shape?.length !== 4 || (shape[3] !== 1 && shape[3] !== 3)) {
    throw new CommandError(
      `Expected \`--features\` to be a model that takes images. Received: inputs of shape ${shape}`,
    );
  }
  const [, height, width] = shape;
  return height && width ? [height, width] : undefined;
}

/** Puts a new head of logits on a model's frozen features. */
export function networkOnFeatures(
  model: LayersModel,
  shape: ImageShape,
  classes: number,
  seed: number,
): LayersModel {
  if (model.inputs[0].shape[3] !== shape[2]) {
    throw new CommandError(`Expected \`--channels\` to be ${model.inputs[0].shape[3]}, as in the features`);
  }
  const features = featuresOf(model);
  for (const layer of model.layers) layer.trainable = false;
  const flat =
    features.shape.length === 4
      ? (tfl.layers.globalAveragePooling2d({name: 'longtail_pooling'}).apply(features) as SymbolicTensor)
      : features;
  if (flat.shape.length !== 2) {
    throw new CommandError(`Expected features of rank 2 or 4. Received: ${features.shape}`);
  }
  const outputs = logits(classes, seed).apply(flat) as SymbolicTensor;
  return tfl.model({inputs: model.inputs[0] as SymbolicTensor, outputs});
}

/** The input of a model's classifier, or the output of a model without one. */
function featuresOf(model: LayersModel): SymbolicTensor {
  try {
    return lastDense(model).layer.input as SymbolicTensor;
  } catch {
    return model.outputs[0] as SymbolicTensor;
  }
}

function logits(units: number, seed: number): tfl.layers.Layer {
  return tfl.layers.dense({
    units,
    name: 'longtail_logits',
    kernelInitializer: tfl.initializers.glorotUniform({seed: seed * 97 + 31}),
  });
}
