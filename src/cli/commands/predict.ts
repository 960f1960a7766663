import type {Tensor} from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type {LayersModel} from '@tensorflow/tfjs-layers';
import type {Command} from 'commander';
import {readImage} from '../../io/datasets/file_reader';
import {MissingPeerError} from '../../io/datasets/require_peer';
import {lastDense} from '../../training/last_dense';
import {startBackend} from '../backend';
import {CommandError} from '../exit';
import {addBackendFlag, integer} from '../flags';
import {finished, loadTrained, type ModelRecord} from '../model_record';
import {print, tell} from '../output';

interface Flags {
  top: number;
  backend: string;
  json?: boolean;
}

interface Guess {
  class: string;
  probability: number;
}

const EXAMPLES = `
Examples:
  longtail predict owls new/*.jpg
  longtail predict owls/serving new/1.jpg --top 3 --json`;

/** `longtail predict MODEL IMAGE…`. */
export function addPredict(program: Command): void {
  const command = program
    .command('predict')
    .description('Classifies images.')
    .argument('<model>', 'the folder that `longtail train` wrote, or its `serving`')
    .argument('<image...>', 'jpeg, png or webp files')
    .option('--top <n>', 'classes to name for each image', integer(1), 1)
    .option('--json', 'print JSON');
  addBackendFlag(command).addHelpText('after', EXAMPLES).action(predict);
}

async function predict(path: string, images: string[], flags: Flags): Promise<void> {
  await startBackend(flags.backend);
  const {model, record} = await loadTrained(path);
  const used = finished(model, record);
  const results: {image: string; classes: Guess[]}[] = [];
  const unreadable: {name: string; reason: string}[] = [];
  for (const image of images) {
    try {
      results.push({image, classes: await guesses(used, record, image, flags.top)});
    } catch (error) {
      if (error instanceof MissingPeerError) throw error;
      unreadable.push({name: image, reason: (error as Error).message.replace(/\s+/g, ' ')});
    }
  }
  const lines = results.map(({image, classes}) =>
    [image, ...classes.map((guess) => `${guess.class} ${(100 * guess.probability).toFixed(1)} %`)].join('\t'),
  );
  if (results.length > 0) print(flags.json, {images: results, unreadable}, () => lines.join('\n'));
  for (const {name, reason} of unreadable) tell(`${name}: ${reason}`);
  if (unreadable.length > 0)
    throw new CommandError(`${unreadable.length} of ${images.length} images could not be read`);
}

async function guesses(model: LayersModel, record: ModelRecord, file: string, top: number): Promise<Guess[]> {
  const [, height, width, channels] = model.inputs[0].shape as number[];
  const {image_size: size} = record.data;
  const [h, w] = Array.isArray(size) ? size : [size, size];
  const shape = [height ?? h, width ?? w, channels] as const;
  const pixels = await readImage(file, shape, 'cover');
  const isLogits = lastDense(model).activation === 'linear';
  const scores = tfc.tidy(() => {
    const xs = tfc.tensor4d(
      Float32Array.from(pixels, (level) => level / 255),
      [1, ...shape],
    );
    const output = model.predict(xs) as Tensor;
    return isLogits ? tfc.softmax(output) : output;
  });
  const values = await scores.data();
  scores.dispose();
  return Array.from(values, (probability, j) => ({class: record.class_names[j], probability}))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
