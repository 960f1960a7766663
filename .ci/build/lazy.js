// Loads modules when one of their functions is first called.
const {readFileSync} = require('node:fs');
const path = require('node:path');
const groups = require('./lazy_modules');
const {root} = require('./settings');

const src = path.join(root, 'src');
const moduleOf = (file) => path.relative(src, file).replaceAll('\\', '/');
/** The group of a lazy module. */
const groupOf = new Map(
  Object.entries(groups).flatMap(([group, modules]) => modules.map((module) => [module, group])),
);

/** Names of the functions that a source exports. Refuses other exports, whose values a stub cannot have. */
function functionsOf(module, text = readFileSync(path.join(src, module), 'utf8')) {
  const lines = text.match(/^export (?!type |interface ).*/gm) ?? [];
  const names = lines.map((line) => /^export (?:async )?function (\w+)/.exec(line)?.[1]);
  const other = lines.find((_, i) => names[i] === undefined);
  if (other !== undefined || names.length === 0)
    throw new Error(`Expected ${module}, which is lazy, to export functions alone. Received: ${other}`);
  return names;
}

/** Contents of the plugin's own modules, by namespace. */
const CONTENTS = {
  // Replaces a lazy module by functions of the same names that pass calls on.
  'lazy-module': (module) => {
    const group = groupOf.get(module);
    const functions = functionsOf(module).map(
      (name) => `export function ${name}(...args) { return ${group}().${name}(...args); }`,
    );
    return [`import {${group}} from 'lazy-call:${group}';`, ...functions];
  },
  // Loads a group at the first call. `inTime(import())` becomes `require()`.
  'lazy-call': (group) => [
    'let loaded;',
    `export const ${group} = () => (loaded ??= inTime(import('lazy-group:${group}')));`,
  ],
  // Holds all modules of a group, which import each other directly.
  'lazy-group': (group) =>
    groups[group].map((module) => `export {${functionsOf(module)}} from './${module}';`),
};

/** A plugin that replaces lazy modules by such functions, except where their own group imports them. */
const lazy = {
  name: 'lazy',
  setup(build) {
    const RESOLVED = {};
    build.onResolve({filter: /^(\.|\/|[A-Za-z]:)/}, async ({path: asked, pluginData, ...args}) => {
      if (pluginData === RESOLVED) return undefined;
      const resolved = await build.resolve(asked, {...args, pluginData: RESOLVED});
      const module = moduleOf(resolved.path);
      const group = groupOf.get(module);
      const importing =
        args.namespace === 'lazy-group' ? args.importer : groupOf.get(moduleOf(args.importer));
      const isStandIn = group !== undefined && group !== importing;
      return isStandIn ? {path: module, namespace: 'lazy-module'} : resolved;
    });
    build.onResolve({filter: /^lazy-(call|group):/}, ({path: asked}) => {
      const [namespace, group] = asked.split(':');
      return {path: group, namespace};
    });
    for (const [namespace, contents] of Object.entries(CONTENTS)) {
      build.onLoad({filter: /./, namespace}, ({path: name}) => ({
        contents: contents(name).join('\n'),
        resolveDir: src,
      }));
    }
  },
};

module.exports = {functionsOf, lazy};
