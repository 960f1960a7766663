import type {io} from '@tensorflow/tfjs-core';

const VALUES = 2 ** 16;

/**
 * Makes small complete models that differ in every byte: version 1, 2, … For saving without tfjs in a process that is
 * soon killed.
 */
export function versionedArtifacts(version: number, values = VALUES): io.ModelArtifacts {
  return {
    modelTopology: {class_name: 'Sequential', config: {}, version, padding: String(version).repeat(5000)},
    format: 'layers-model',
    generatedBy: `version ${version}`,
    convertedBy: null,
    weightSpecs: [{name: 'weights', shape: [values], dtype: 'float32'}],
    weightData: new Float32Array(values).fill(version).buffer,
  };
}

/** Returns the version of loaded artifacts, or a complaint if they are none or a mixture. */
export function versionOf({
  modelTopology,
  generatedBy,
  weightSpecs,
  weightData,
}: io.ModelArtifacts): number | string {
  const {version} = modelTopology as {version: number};
  const expected = versionedArtifacts(version, weightSpecs?.[0].shape[0]);
  const same =
    JSON.stringify([modelTopology, generatedBy, weightSpecs]) ===
      JSON.stringify([expected.modelTopology, expected.generatedBy, expected.weightSpecs]) &&
    Buffer.from(weightData as ArrayBuffer).equals(Buffer.from(expected.weightData as ArrayBuffer));
  return same ? version : `a mixture of versions in a model of version ${version}`;
}
