import * as tf from '@tensorflow/tfjs';
import {MathBackendCPU} from '@tensorflow/tfjs-backend-cpu';
import test from 'ava';
import {guardContext} from '../../../src/kernels/webgl/lost_context';

/** Stands in for tfjs's WebGL backend: what is "on the GPU" is zeros once the context is lost, or never comes. */
class Backend extends MathBackendCPU {
  lost = false;
  readonly canvas = new EventTarget();
  readonly gpgpu = {gl: {canvas: this.canvas, isContextLost: () => this.lost}, itemsToPoll: [1]};
  readonly texData = {get: (dataId: object) => this.onGpu.get(dataId) as {values: unknown}};
  readonly onGpu = new WeakMap<object, {values: unknown}>();
  programs = 0;
  during = () => {};

  runWebGLProgram(): unknown {
    return ++this.programs;
  }

  override readSync(dataId: object) {
    this.during();
    const data = this.texData.get(dataId);
    data.values ??= new Float32Array([this.lost ? 0 : 7]);
    return data.values as never;
  }

  override async read(dataId: object) {
    await new Promise<void>((resolve) => setImmediate(() => !this.lost && resolve()));
    return this.readSync(dataId);
  }

  tensor(values: unknown = null): object {
    const dataId = {};
    this.onGpu.set(dataId, {values});
    return dataId;
  }

  lose(): void {
    this.lost = true;
    this.canvas.dispatchEvent(new Event('webglcontextlost'));
  }
}

const LOST = {message: /^The WebGL context was lost, .*docs\/limits\.md/};

async function start(): Promise<Backend> {
  if (tf.findBackendFactory('webgl') != null) tf.removeBackend('webgl');
  const backend = new Backend();
  tf.registerBackend('webgl', () => backend, 0);
  await tf.setBackend('webgl');
  return backend;
}

test.beforeEach(() => {
  guardContext();
  guardContext();
});

test.serial('while there is a context, everything works as before', async (t) => {
  const backend = await start();
  t.deepEqual([...backend.readSync(backend.tensor())], [7]);
  t.deepEqual([...(await backend.read(backend.tensor()))], [7]);
  t.is(backend.runWebGLProgram(), 1);
});

test.serial(
  'each backend that starts is guarded: nothing on its GPU is read after its context is lost',
  async (t) => {
    for (let round = 0; round < 2; round++) {
      const backend = await start();
      const [old, cached] = [backend.tensor(), backend.tensor(new Float32Array([5]))];
      backend.lost = true;
      t.throws(() => backend.readSync(old), LOST);
      await t.throwsAsync(backend.read(old), LOST);
      t.throws(() => backend.runWebGLProgram(), LOST);
      t.is(backend.programs, 0);
      t.deepEqual([...backend.readSync(cached)], [5]);
    }
  },
);

test.serial('a restored context holds nothing of its former contents', async (t) => {
  const backend = await start();
  const old = backend.tensor();
  backend.lose();
  backend.lost = false;
  t.throws(() => backend.readSync(old), LOST);
  await t.throwsAsync(backend.read(old), LOST);
  t.throws(() => backend.runWebGLProgram(), LOST);
});

test.serial('pending reads end with an error, and tfjs stops polling their fences', async (t) => {
  const backend = await start();
  const reads = [backend.read(backend.tensor()), backend.read(backend.tensor())];
  backend.lose();
  for (const read of reads) await t.throwsAsync(read, LOST);
  t.deepEqual(backend.gpgpu.itemsToPoll, []);
});

test.serial('zeros read while the context is being lost are not cached', async (t) => {
  const backend = await start();
  const dataId = backend.tensor();
  backend.during = () => {
    backend.lost = true;
  };
  t.throws(() => backend.readSync(dataId), LOST);
  t.is(backend.texData.get(dataId).values, null);
  t.throws(() => backend.readSync(dataId), LOST);
});

test.serial('a running backend is guarded; another one of that name is left alone', async (t) => {
  tf.unregisterKernel('LongtailContext', 'webgl');
  const backend = await start();
  guardContext();
  backend.lost = true;
  t.throws(() => backend.readSync(backend.tensor()), LOST);

  tf.removeBackend('webgl');
  tf.registerBackend('webgl', () => new MathBackendCPU(), 0);
  await tf.setBackend('webgl');
  t.deepEqual([...tf.tensor1d([1, 2]).dataSync()], [1, 2]);
});
