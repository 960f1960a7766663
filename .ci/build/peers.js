// What the CommonJS build does with packages beside TensorFlow.js.
const {readFileSync} = require('node:fs');
const path = require('node:path');

// Shared code loads before an entry's own, so a missing peer is reported where it is used.
const requirePeers = {
  name: 'require-peers',
  setup(build) {
    const filter = /^(@observablehq\/plot|linkedom)$/;
    build.onResolve({filter}, ({path, namespace}) =>
      namespace === 'peer' ? {path, external: true} : {path, namespace: 'peer'},
    );
    build.onLoad({filter, namespace: 'peer'}, ({path}) => ({
      contents: `
        try {
          module.exports = require('${path}');
        } catch (error) {
          if (error.code === 'MODULE_NOT_FOUND')
            throw new Error('tfjs-longtail draws with ${path}: npm install @observablehq/plot linkedom');
          if (error.code === 'ERR_REQUIRE_ESM')
            throw new Error('tfjs-longtail/notebook and /report need Node 20.19 or newer, which can require() ${path}.');
          throw error;
        }`,
    }));
  },
};

// The command line bundles its parser, with its license, so that the package has no dependencies.
const bundleCommander = {
  name: 'bundle-commander',
  setup(build) {
    const folder = path.dirname(require.resolve('commander'));
    const license = readFileSync(path.join(folder, 'LICENSE'), 'utf8').trim();
    build.onResolve({filter: /^commander$/}, () => ({path: path.join(folder, 'index.js')}));
    build.onLoad({filter: /[\\/]commander[\\/]index\.js$/}, ({path: file}) => ({
      contents: `/*! commander\n\n${license} */\n${readFileSync(file, 'utf8')}`,
      loader: 'js',
    }));
  },
};

module.exports = {bundleCommander, requirePeers};
