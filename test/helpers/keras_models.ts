import {readFileSync} from 'node:fs';
import {join} from 'node:path';

type Config = Record<string, unknown>;

const FOLDER = join(__dirname, '../fixtures/keras-models');

/** What Keras 3 computed, made by test/fixtures/make_keras_model_fixtures.py. */
export const kerasModels: {
  to_tfjs: Record<string, {xs: number[]; outputs: number[][][]}>;
  from_tfjs: Record<
    string,
    {xs: number[]; outputs: number[][]; values: Record<string, number>; learningRate: number}
  >;
  labels: Record<string, number[] | number[][]>;
  logits: number[][];
  losses: {class_name: string; config: Config; values: Record<string, number[]>}[];
  metrics: {class_name: string; config: Config; value: number}[];
} = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8'));

/** The URL of one of the models. */
export function kerasModelUrl(name: string): string {
  return `file://${join(FOLDER, name, 'model.json')}`;
}

/** Its model.json. */
export function kerasModelJson(name: string): {modelTopology: {model_config: Config}} & Config {
  return JSON.parse(readFileSync(join(FOLDER, name, 'model.json'), 'utf8'));
}
