import type {SymbolicTensor} from '@tensorflow/tfjs-layers';

/** The layer that decides what values an output has, and how. */
export interface OutputActivation {
  layer: string;
  activation: string;
}

/** Layers whose output is in 0 … 1 where their input is, and made of logits where their input is. */
const PASS_THROUGH = new Set([
  'AlphaDropout',
  'AveragePooling1D',
  'AveragePooling2D',
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
  'Permute',
  'RepeatVector',
  'Reshape',
  'SpatialDropout1D',
  'UpSampling2D',
]);
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
const ACTIVATION_LAYERS: Record<string, string> = {
  ELU: 'elu',
  LeakyReLU: 'leakyReLU',
  PReLU: 'prelu',
  Softmax: 'softmax',
  ThresholdedReLU: 'thresholdedReLU',
};

interface AnyLayer {
  name: string;
  getClassName(): string;
  activation?: {getClassName(): string};
  /** Of TimeDistributed. */
  layer?: AnyLayer;
  /** Of a model that is a layer. */
  outputs?: SymbolicTensor[];
}

/** Every activation that an output ends in, as far as the layers are known: several behind a concatenation. */
export function outputActivations(output: SymbolicTensor): OutputActivation[] {
  const layer = output.sourceLayer as unknown as AnyLayer;
  const found = activationOf(layer, output.outputTensorIndex ?? 0);
  return found === 'of inputs' ? (output.inputs ?? []).flatMap(outputActivations) : found;
}

function activationOf(layer: AnyLayer, outputIndex: number): OutputActivation[] | 'of inputs' {
  const kind = layer.getClassName();
  if (layer.outputs != null) {
    const inner = layer.outputs[outputIndex];
    return inner == null ? [] : outputActivations(inner);
  }
  if (kind === 'TimeDistributed' && layer.layer != null) return activationOf(layer.layer, 0);
  if (PASS_THROUGH.has(kind) || kind === 'Concatenate') return 'of inputs';
  if (kind in ACTIVATION_LAYERS) return [{layer: layer.name, activation: ACTIVATION_LAYERS[kind]}];
  if (!WITH_ACTIVATION.has(kind) || layer.activation == null) return [];
  const activation = layer.activation.getClassName();
  return kind === 'Activation' && activation === 'linear' ? 'of inputs' : [{layer: layer.name, activation}];
}
