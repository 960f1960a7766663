import * as tfc from '@tensorflow/tfjs-core';
import {ofProcess} from '../../core/of_process';
import {pathFromFileUrl} from './file_url';
import {NodeFileSystem} from './node_file_system';

// Two copies of this package may share one tfjs-core, which needs only one router; each copy of tfjs-core has its own
// registry.
const served = ofProcess('fileRouters', () => new WeakSet<object>());

/**
 * Makes `file://` URLs work in `model.save`, `tf.loadLayersModel` and `tf.loadGraphModel` on plain Node. It steps aside
 * if anything else, such as tfjs-node, answers a URL, in either loading order: tfjs refuses a URL that two handlers
 * answer. Further calls do nothing.
 *
 * @param onOthers Called with every other handler that loads a model.
 */
export function registerFileRouter(onOthers: (handler: tfc.io.IOHandler) => void): void {
  if (served.has(tfc.io.registerLoadRouter)) return;
  served.add(tfc.io.registerLoadRouter);
  tfc.io.registerSaveRouter(fileRouter((url) => tfc.io.getSaveHandlers(url)));
  tfc.io.registerLoadRouter(
    fileRouter((url, options) => {
      const others = tfc.io.getLoadHandlers(url, options);
      others.forEach(onOthers);
      return others;
    }),
  );
}

type Router = (url: string | string[], options?: tfc.io.LoadOptions) => tfc.io.IOHandler;

function fileRouter(askRegistry: (url: string, options?: tfc.io.LoadOptions) => tfc.io.IOHandler[]): Router {
  let asking = false;
  return (url, options) => {
    // tfjs takes null to mean "not mine", although its type omits it.
    const notMine = null as unknown as tfc.io.IOHandler;
    const path = typeof url === 'string' ? pathFromFileUrl(url) : null;
    if (path === null || asking) return notMine;
    asking = true;
    try {
      if (askRegistry(url as string, options).length > 0) return notMine;
    } finally {
      asking = false;
    }
    return new NodeFileSystem(path);
  };
}
