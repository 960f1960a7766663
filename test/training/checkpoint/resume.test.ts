import {cpSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import {ValueError} from '../../../src';
import {Random} from '../../../src/core/random';
import '../../../src/index.node';
import {resume} from '../../../src/training';
import {seal} from '../../../src/training/checkpoint/record';
import {useBackend} from '../../helpers/backends';
import {temporaryDirectory} from '../../io/files/temporary';
import {MemoryStore} from './memory_store';
import {CosineRate, longTailed, train} from './run';

test.before(() => useBackend('cpu'));

const again = (store: string | MemoryStore) =>
  resume(store, {data: longTailed(), states: {rate: new CosineRate()}});

/** Runs with console.warn in hand. */
async function warned<T>(run: () => Promise<T>): Promise<{result: T; warnings: string[]}> {
  const {warn} = console;
  const warnings: string[] = [];
  console.warn = (text) => warnings.push(text);
  try {
    return {result: await run(), warnings};
  } finally {
    console.warn = warn;
  }
}

test.serial(
  'a checkpoint that is incomplete or altered anywhere is named, and the one before it is used',
  async (t) => {
    const root = temporaryDirectory(t);
    const whole = join(root, 'whole');
    await train(whole, {epochs: 2});
    const [before, newest] = readdirSync(whole).sort();
    const random = new Random(1);
    const harms: Record<string, (file: string) => void> = {
      flipped: (file) => {
        const bytes = readFileSync(file);
        bytes[random.below(bytes.length)] ^= 1 << random.below(8);
        writeFileSync(file, bytes);
      },
      torn: (file) =>
        writeFileSync(file, readFileSync(file).subarray(0, random.below(readFileSync(file).length))),
      emptied: (file) => writeFileSync(file, ''),
    };
    const weights = readdirSync(join(whole, newest)).find((name) => name.endsWith('.bin')) as string;
    let harmless = 0;
    for (let i = 0; i < 60; i++) {
      const damaged = join(root, 'damaged');
      cpSync(whole, damaged, {recursive: true});
      const [what, harm] = Object.entries(harms)[i % 3];
      const file = ['model.json', weights][i % 2];
      harm(join(damaged, newest, file));
      const {result, warnings} = await warned(() => again(damaged));
      if (result?.name === newest) {
        // The key of a null, which no model has.
        harmless++;
        t.is(file, 'model.json');
      } else {
        t.is(result?.name, before, `${what} ${file}`);
        t.is(warnings.length, 1);
        t.true(warnings[0].startsWith(`The checkpoint ${newest} is damaged and not used: `), warnings[0]);
      }
      rmSync(damaged, {recursive: true});
    }
    t.true(harmless <= 2, `${harmless} changes went unseen`);
  },
);

test.serial('the checksum detects lost bytes of weights that their size does not reveal', async (t) => {
  const store = new MemoryStore();
  await train(store, {epochs: 2});
  const newest = store.saved.get('checkpoint-000002-epoch-2');
  (newest?.weights as Uint8Array)[40] ^= 1;
  const {result, warnings} = await warned(() => again(store));
  t.is(result?.name, 'checkpoint-000001-epoch-1');
  t.regex(
    warnings[0],
    /epoch-2 is damaged and not used: Its checksum is [0-9a-f]{8}, but that of what it holds is/,
  );
});

test.serial('throws if none is intact, unlike for an empty place', async (t) => {
  t.is(await resume(join(temporaryDirectory(t), 'none')), undefined);
  const store = new MemoryStore();
  t.is(await resume(store), undefined);
  await train(store, {epochs: 2});
  store.saved.set('notes', {json: '{}', weights: new Uint8Array()});
  for (const [name, saved] of store.saved) if (name !== 'notes') saved.json = saved.json.slice(1);
  const {result} = await warned(() => t.throwsAsync(again(store)));
  t.true(result instanceof ValueError);
  t.regex(
    result?.message ?? '',
    /None of the checkpoints checkpoint-000002-epoch-2, checkpoint-000001-epoch-1 is whole/,
  );
});

test.serial(
  'throws for data and states that are missing, superfluous or changed, and disposes of the model',
  async (t) => {
    const store = new MemoryStore();
    await train(store, {epochs: 1});
    const [data, rate] = [longTailed(), new CosineRate()];
    const plain = new MemoryStore();
    const tensors = tf.memory().numTensors;
    const refuse = async (options: object, message: RegExp, from = store) =>
      t.true((await t.throwsAsync(resume(from, options as never), {message})) instanceof ValueError);
    await refuse({states: {rate}}, /`data` to be the indexed dataset/);
    await refuse({data}, /`states` to be of the names.*\["rate"\]. Received: \[\]/);
    await refuse({data, states: {rate, other: rate}}, /`states` to be of the names/);
    await refuse({data: {}}, /`data`/);
    await refuse({dta: 1}, /did you mean "data"/);
    await refuse({data, states: {rate: 1}}, /`states.rate`/);
    const others = longTailed();
    others.sampler = {name: 'other', order: () => new Int32Array(1)};
    await refuse({data: others, states: {rate}}, /`state.sampler`/);
    await refuse({}, /`directory`/, {} as never);
    t.is(tf.memory().numTensors, tensors);
    t.is(await resume(plain, {data}), undefined);
  },
);

test.serial('a newer version’s checkpoint is rejected, not skipped', async (t) => {
  const store = new MemoryStore();
  await train(store, {epochs: 1});
  const name = 'checkpoint-000001-epoch-1';
  const artifacts = await (store.handler(name).load as tf.io.LoadHandler)();
  const {'tfjs-longtail-checkpoint': _, ...metadata}: {[key: string]: object} =
    artifacts.userDefinedMetadata ?? {};
  const record = {epoch: 1, states: {}, format_version: 2};
  await (store.handler(name).save as tf.io.SaveHandler)(
    seal({...artifacts, userDefinedMetadata: metadata}, record),
  );
  await t.throwsAsync(again(store), {message: /has format 2; this version of tfjs-longtail reads format 1/});
});
