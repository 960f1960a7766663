/**
 * A loss on one of tfjs's backends, in a process of its own: what another one leaves to the garbage collector, or to
 * threads that go on for a while, would slow it down. Its arguments are the backend and the contender.
 */
import * as tf from '@tensorflow/tfjs';
import {type Backend, type TfjsName, tfjsContender, useBenchBackend} from '../tfjs';
import {serve} from './serve';

async function main([backend, what]: [Backend, TfjsName]): Promise<void> {
  tf.enableProdMode();
  await useBenchBackend(backend);
  await serve(tfjsContender(backend, what));
}

void main(process.argv.slice(2) as [Backend, TfjsName]);
