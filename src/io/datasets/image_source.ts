import * as tfc from '@tensorflow/tfjs-core';
import {ValueError} from '../../core/errors';
import type {SampleTransform} from '../../sampling/indexed/array_source';
import {
  type Batch,
  type BatchRequest,
  type SampleSource,
  sampleContext,
} from '../../sampling/indexed/sample_source';
import type {ImageReader} from './image_reader';
import {MissingPeerError} from './require_peer';

/** An image that could not be read. */
export interface UnreadableImage {
  /** Its file, or its position in one. */
  name: string;
  /** The decoder's message. */
  reason: string;
}

/** Options of an `ImageSource`. */
export interface ImageSourceOptions {
  /** Values of levels 0 and 255. */
  range: readonly [low: number, high: number];
  /** Whether an unreadable image is an error. */
  strict: boolean;
  /** The dtype of the labels in batches. */
  labelType: 'int32' | 'float32';
  /** Augments a sample in place. */
  transform?: SampleTransform;
}

interface ImageSourceArgs extends ImageSourceOptions {
  reader: ImageReader;
  /** Indices of the reader's images, in order. */
  indices: Int32Array;
  /** The class of each. */
  labels: Int32Array;
  /** Images found unreadable so far, by name; shared by all datasets of one reader. */
  unreadable: Map<string, UnreadableImage>;
}

/** Batches of images and their classes. Unreadable images are left out of their batch. */
export class ImageSource implements SampleSource {
  readonly length: number;

  constructor(private readonly args: ImageSourceArgs) {
    this.length = args.indices.length;
  }

  async batch(request: BatchRequest): Promise<Batch> {
    const {reader, labels, labelType, range, transform} = this.args;
    const read = await Promise.all(Array.from(request.indices, (index) => this.read(index)));
    const places = Array.from(read.keys()).filter((k) => read[k] !== undefined);
    if (places.length === 0) this.refuse(request.indices);
    const [height, width, channels] = reader.shape;
    const size = height * width * channels;
    const xs = new Float32Array(places.length * size);
    const ys = Int32Array.from(places, (k) => labels[request.indices[k]]);
    const [low, high] = range;
    const scale = (high - low) / 255;
    places.forEach((k, row) => {
      const pixels = read[k] as Uint8Array;
      const sample = xs.subarray(row * size, (row + 1) * size);
      for (let i = 0; i < size; ++i) sample[i] = low + scale * pixels[i];
      transform?.({xs: sample, ys: ys.subarray(row, row + 1)}, sampleContext(request, k));
    });
    return {
      xs: tfc.tensor4d(xs, [places.length, height, width, channels]),
      ys: tfc.tensor1d(ys, labelType),
    };
  }

  private async read(index: number): Promise<Uint8Array | undefined> {
    const {reader, indices, strict, unreadable} = this.args;
    try {
      return await reader.read(indices[index]);
    } catch (error) {
      if (error instanceof MissingPeerError) throw error;
      const name = reader.nameOf(indices[index]);
      const reason = (error as Error).message.replace(/\s+/g, ' ');
      unreadable.set(name, {name, reason});
      if (strict) throw new ValueError(`Expected a readable image. Received: ${name} (${reason})`);
      return undefined;
    }
  }

  private refuse(places: Int32Array): never {
    const {reader, indices, unreadable} = this.args;
    const {name, reason} = unreadable.get(reader.nameOf(indices[places[0]])) as UnreadableImage;
    throw new ValueError(
      `Expected a batch with at least one readable image. Received: ${places.length} unreadable ones, ${name} (${reason}) first`,
    );
  }
}
