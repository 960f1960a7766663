/** One of the package's losses on a backend of tfjs, in a process of its own. Its arguments are backend and name. */
import * as tf from '@tensorflow/tfjs';
import {useBackend} from '../../../helpers/backends';
import {lossContender} from '../losses';
import {serve} from './serve';

async function main([backend, name]: string[]): Promise<void> {
  tf.enableProdMode();
  await useBackend(backend as 'cpu' | 'wasm');
  await serve(lossContender(name));
}

void main(process.argv.slice(2));
