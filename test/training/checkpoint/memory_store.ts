import type * as tf from '@tensorflow/tfjs';
import type {CheckpointStore} from '../../../src/training';

/** Checkpoints in memory, as bytes: a save handler of a user's. */
export class MemoryStore implements CheckpointStore {
  readonly saved = new Map<string, {json: string; weights: Uint8Array}>();

  async list(): Promise<string[]> {
    return [...this.saved.keys()];
  }

  handler(name: string): tf.io.IOHandler {
    return {
      save: async ({weightData, ...json}) => {
        this.saved.set(name, {
          json: JSON.stringify(json),
          weights: new Uint8Array(weightData as ArrayBuffer),
        });
        return {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: 'JSON'}};
      },
      load: async () => {
        const {json, weights} = this.saved.get(name) as {json: string; weights: Uint8Array};
        return {...JSON.parse(json), weightData: weights.slice().buffer};
      },
    };
  }

  async remove(name: string): Promise<void> {
    this.saved.delete(name);
  }
}
