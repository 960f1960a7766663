import type {SymbolicTensor} from '@tensorflow/tfjs-layers';

/** The layer and activation that determine an output's values. */
export interface OutputActivation {
  layer: string;
  activation: string;
}

const PROBABILITIES = new Set(['hardSigmoid', 'sigmoid', 'softmax']);

/** Layers whose output is in 0 … 1 if their input is, and consists of logits if their input does. */
const PASS_THROUGH = new Set([
  'AlphaDropout',
  'AveragePooling1D',
  'AveragePooling2D',
  'AveragePooling3D',
  'Concatenate',
  'Cropping2D',
  'Dropout',
  'Flatten',
  'GaussianDropout',
  'GaussianNoise',
  'GlobalAveragePooling1D',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling1D',
  'GlobalMaxPooling2D',
  'Masking',
  'MaxPooling1D',
  'MaxPooling2D',
  'MaxPooling3D',
  'Permute',
  'RepeatVector',
  'Reshape',
  'SpatialDropout1D',
  'UpSampling2D',
  'ZeroPadding2D',
]);
/** Layers that give probabilities if all their inputs are probabilities, and logits if none is. */
const MERGES = new Set(['Average', 'Maximum', 'Minimum', 'Multiply']);
/** Layers that turn logits into something other than probabilities, and probabilities into unknown values. */
const MIXES = new Set(['Add', 'BatchNormalization', 'Dot', 'LayerNormalization']);
const WITH_ACTIVATION = new Set([
  'Activation',
  'Conv1D',
  'Conv2D',
  'Conv2DTranspose',
  'Conv3D',
  'Conv3DTranspose',
  'Dense',
  'DepthwiseConv2D',
  'EinsumDense',
  'SeparableConv2D',
]);
const CELLS = new Set(['ConvLSTM2DCell', 'GRUCell', 'LSTMCell', 'SimpleRNNCell']);
const ACTIVATION_LAYERS: Record<string, string> = {
  ELU: 'elu',
  LeakyReLU: 'leakyReLU',
  PReLU: 'prelu',
  ReLU: 'relu',
  Softmax: 'softmax',
  ThresholdedReLU: 'thresholdedReLU',
};
/** Activations that keep values in 0 … 1 unchanged, or set them to 0. */
const KEEP_PROBABILITIES = new Set([
  'elu',
  'leakyReLU',
  'linear',
  'prelu',
  'relu',
  'relu6',
  'thresholdedReLU',
]);

interface AnyLayer {
  name: string;
  getClassName(): string;
  activation?: {getClassName(): string};
  /** Of ReLU. */
  maxValue?: number;
  /** Of TimeDistributed. */
  layer?: AnyLayer;
  /** Of Bidirectional. */
  forwardLayer?: AnyLayer;
  backwardLayer?: AnyLayer;
  mergeMode?: string | null;
  /** Of recurrent layers. */
  cell?: AnyLayer;
  /** Of a stack of cells. */
  cells?: AnyLayer[];
  /** Of a model that is a layer. */
  outputs?: SymbolicTensor[];
}

/** The activations of each input of a layer; empty if unknown. */
type Inputs = () => OutputActivation[][];

/** Whether the activation gives probabilities. */
export function givesProbabilities({activation}: OutputActivation): boolean {
  return PROBABILITIES.has(activation);
}

/** Lists the activations that an output ends in, as far as layers are known: several after a concatenation. */
export function outputActivations(output: SymbolicTensor): OutputActivation[] {
  // Wrappers and activation layers have members that tfjs's Layer type lacks.
  const layer = output.sourceLayer as unknown as AnyLayer;
  const inputs = () => (output.inputs ?? []).map(outputActivations);
  return activationsOf(layer, output.outputTensorIndex ?? 0, inputs);
}

function activationsOf(layer: AnyLayer, outputIndex: number, inputs: Inputs): OutputActivation[] {
  const kind = layer.getClassName();
  if (layer.outputs != null) {
    const inner = layer.outputs[outputIndex];
    return inner == null ? [] : outputActivations(inner);
  }
  if (kind === 'TimeDistributed' && layer.layer != null) return activationsOf(layer.layer, 0, inputs);
  if (kind === 'Bidirectional') return ofBothDirections(layer, outputIndex);
  if (layer.cell != null) return outputIndex === 0 ? ofCell(layer.name, layer.cell) : [];
  if (PASS_THROUGH.has(kind)) return inputs().flat();
  if (MERGES.has(kind)) return merged(inputs());
  if (MIXES.has(kind)) return mixed(layer, inputs());
  if (kind in ACTIVATION_LAYERS) {
    // Whether a ReLU bounded by 1 is a probability is unknown.
    const isBounded = layer.maxValue != null && layer.maxValue <= 1;
    return elementwise(isBounded ? [] : [{layer: layer.name, activation: ACTIVATION_LAYERS[kind]}], inputs);
  }
  if (!WITH_ACTIVATION.has(kind) || layer.activation == null) return [];
  const own = [{layer: layer.name, activation: layer.activation.getClassName()}];
  if (kind !== 'Activation') return own;
  return own[0].activation === 'linear' ? inputs().flat() : elementwise(own, inputs);
}

function elementwise(own: OutputActivation[], inputs: Inputs): OutputActivation[] {
  if (own.length > 0 && !KEEP_PROBABILITIES.has(own[0].activation)) return own;
  const given = inputs();
  return areProbabilities(given) ? given.flat() : own;
}

const areProbabilities = (inputs: OutputActivation[][]) =>
  inputs.length > 0 && inputs.every((ends) => ends.length > 0 && ends.every(givesProbabilities));

const areLogits = (inputs: OutputActivation[][]) =>
  inputs.length > 0 && inputs.every((ends) => ends.length > 0 && !ends.some(givesProbabilities));

// Needs all inputs: logits times a sigmoid are not probabilities.
function merged(inputs: OutputActivation[][]): OutputActivation[] {
  return areProbabilities(inputs) || areLogits(inputs) ? inputs.flat() : [];
}

function mixed(layer: AnyLayer, inputs: OutputActivation[][]): OutputActivation[] {
  if (!areLogits(inputs)) return [];
  const kind = layer.getClassName();
  return [{layer: layer.name, activation: kind[0].toLowerCase() + kind.slice(1)}];
}

function ofCell(layer: string, cell: AnyLayer): OutputActivation[] {
  const last = cell.cells == null ? cell : cell.cells[cell.cells.length - 1];
  // The gates of LSTM and GRU are in 0 … 1, so the output is a probability if the activation gives one.
  if (!CELLS.has(last.getClassName()) || last.activation == null) return [];
  return [{layer, activation: last.activation.getClassName()}];
}

function ofBothDirections(layer: AnyLayer, outputIndex: number): OutputActivation[] {
  const {forwardLayer, backwardLayer, mergeMode} = layer;
  const cells = [forwardLayer, backwardLayer].map((one) =>
    one?.cell == null ? [] : ofCell(layer.name, one.cell),
  );
  if (mergeMode == null) return cells[outputIndex] ?? [];
  if (outputIndex > 0) return [];
  if (mergeMode === 'sum') return areLogits(cells) ? cells.flat() : [];
  return merged(cells);
}
