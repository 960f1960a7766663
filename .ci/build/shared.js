// Puts the modules that all entries of the CommonJS build share into one file. esbuild makes a file for each set of
// entries that reach the same modules: a dozen for the main entry, each of which takes Node half a millisecond to find.
const path = require('node:path');
const esbuild = require('esbuild');
const {lazy} = require('./lazy');
const {root, sources} = require('./settings');

const MAIN = 'src/index.ts';
/** The main entry's own files, which run at import. */
const OWN = [MAIN, 'src/index.browser.ts'];
/** A module of Node's main entry that other entries and lazy files also need. */
const MORE = 'src/core/checkpoint_store.ts';

/** The files of all modules that the main entry loads at import. */
async function sharedModules(options) {
  const {metafile} = await esbuild.build({
    ...options,
    plugins: [lazy, sources()],
    entryPoints: [MAIN, MORE],
    splitting: true,
    outdir: root,
    write: false,
    metafile: true,
  });
  const reached = new Set();
  const reach = (name) => {
    const input = metafile.inputs[name];
    if (input === undefined || reached.has(name)) return;
    reached.add(name);
    for (const {path: next, kind} of input.imports) if (kind === 'import-statement') reach(next);
  };
  for (const name of [MAIN, MORE]) reach(name);
  return [...reached]
    .filter((name) => !OWN.includes(name) && !name.startsWith('lazy-call:'))
    .map((name) => path.join(root, name.replace(/^lazy-module:/, 'src/')));
}

/** Makes each other module import them, for sources(). */
const withShared = (shared) => (text, file) => (shared.includes(file) ? text : `${text}\nimport 'shared';`);

/** The plugin that resolves this import. */
const sharing = (shared) => ({
  name: 'sharing',
  setup(build) {
    build.onResolve({filter: /^shared$/}, ({path}) => ({path, namespace: 'shared'}));
    build.onLoad({filter: /./, namespace: 'shared'}, () => ({
      contents: shared.map((file) => `import ${JSON.stringify(file)};`).join('\n'),
      resolveDir: root,
    }));
  },
});

module.exports = {sharedModules, sharing, withShared};
