import {cpSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '../../src/index.node';
import {writeFolder} from '../io/datasets/pictures';
import {ROOT} from './collect';

/** Writes what readers of the documents have into the current directory: images, a pretrained model, one of Keras. */
export async function writeReadersFiles(): Promise<void> {
  await writeFolder('photos', {owl: 30, cat: 15, newt: 5});
  const pretrained = tf.sequential({
    layers: [
      tf.layers.conv2d({filters: 4, kernelSize: 3, strides: 4, activation: 'relu', inputShape: [32, 32, 3]}),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({units: 1000}),
    ],
  });
  await pretrained.save('file://pretrained');
  pretrained.dispose();
  cpSync(join(ROOT, 'test/fixtures/keras-models/to-tfjs-images'), 'from-keras', {recursive: true});
}
