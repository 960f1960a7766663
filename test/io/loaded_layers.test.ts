import {createRequire} from 'node:module';
import {sep} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {loadedLayers} from '../../src/io/loaded_layers';

const {cache} = createRequire(__filename);

/** Puts a module with these exports into Node's cache. */
function load(t: ExecutionContext, at: string, exports: unknown): void {
  cache[at] = {exports} as NodeJS.Module;
  t.teardown(() => delete cache[at]);
}

const path = (...parts: string[]) => ['', 'x', 'node_modules', '@tensorflow', ...parts].join(sep);
const withClass = () => ({LayersModel: class {}});
/** The files of the copies found among those loaded here. */
const found = () => loadedLayers().flatMap(({at}) => (at.startsWith(path('')) ? [at] : []));

test.serial('finds copies of tfjs-layers and bundles that contain one', (t) => {
  const [layers, bundle] = [path('tfjs-layers', 'dist', 'index.js'), path('tfjs', 'dist', 'tf.min.js')];
  load(t, layers, withClass());
  load(t, bundle, withClass());
  t.deepEqual(found(), [layers, bundle]);
});

test.serial('finds a re-exported copy once, at its own location', (t) => {
  const shared = withClass();
  const [layers, index] = [path('tfjs-layers', 'dist', 'index.js'), path('tfjs', 'dist', 'index.js')];
  for (const order of [
    [layers, index],
    [index, layers],
  ]) {
    for (const at of order) delete cache[at];
    for (const at of order) load(t, at, shared);
    t.deepEqual(found(), [layers]);
  }
});

test.serial('finds nothing else', (t) => {
  load(t, path('tfjs-core', 'dist', 'index.js'), withClass());
  load(t, path('tfjs-layers', 'dist', 'engine.js'), {LayersModel: {}});
  load(t, path('tfjs-layers', 'dist', 'none.js'), undefined);
  t.deepEqual(found(), []);
});
