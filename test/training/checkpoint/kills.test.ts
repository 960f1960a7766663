import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {temporaryDirectory} from '../../io/files/temporary';
import {buildTraining, killTrainings} from './kills';
import {train} from './run';

const KILLS = 6;

test(`${KILLS} × kill -9 of training: resumed, it ends with the weights of an uninterrupted run`, async (t) => {
  await tf.setBackend('cpu');
  const {weights} = await train(undefined);
  const root = temporaryDirectory(t);
  const {broken, kills, ends, unfinished} = await killTrainings(buildTraining(root), root, KILLS, 3);
  t.deepEqual(broken, []);
  t.is(kills, KILLS);
  for (const end of ends) t.deepEqual(end, weights);
  t.log(`${ends.length} trainings, ${unfinished} kills hit a save`);
});
