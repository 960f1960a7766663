import * as tfc from '@tensorflow/tfjs-core';
import {checkArtifacts} from '../check_artifacts';
import {liftKerasTrainingConfig} from './keras_training_config';
import {liftKeras3Topology} from './keras3_topology';

const LIFTED = Symbol.for('tfjs-longtail.kerasLift');

type Load = (this: unknown) => tfc.io.ModelArtifacts | Promise<tfc.io.ModelArtifacts>;
type Loader = {load?: Load; [LIFTED]?: true};

/**
 * Makes tfjs's own handlers (HTTP, memory and the browser's files) pass on the training configuration that Keras's
 * converter leaves inside `modelTopology`, so that `tf.loadLayersModel` compiles such a model. They also read
 * topologies of Keras 3, and refuse files on which loading would crash. Further calls do nothing.
 */
export function installKerasLift(): void {
  liftOnLoad(tfc.io.http('http://localhost/model.json', {fetchFunc: () => Promise.reject()}));
  liftOnLoad(tfc.io.fromMemorySync({modelTopology: {}}));
  liftOnLoad(tfc.io.browserFiles([{name: 'model.json'} as File]));
}

/** Does so for the class of one handler, or for the handler itself if it has its own `load`. */
export function liftOnLoad(handler: object): void {
  let owner: object | null = handler;
  while (owner !== null && !Object.hasOwn(owner, 'load')) owner = Object.getPrototypeOf(owner);
  const loader = owner as Loader | null;
  const load = loader?.load;
  if (loader === null || load === undefined || loader[LIFTED] || !Object.isExtensible(loader)) return;
  loader[LIFTED] = true;
  loader.load = function (this: unknown) {
    const artifacts = load.call(this);
    return 'then' in artifacts ? artifacts.then(prepare) : prepare(artifacts);
  };
}

function prepare(artifacts: tfc.io.ModelArtifacts): tfc.io.ModelArtifacts {
  const {modelTopology} = artifacts;
  const lifted = liftKeras3Topology(modelTopology) as typeof modelTopology;
  const readable = lifted === modelTopology ? artifacts : {...artifacts, modelTopology: lifted};
  return liftKerasTrainingConfig(checkArtifacts(readable));
}
