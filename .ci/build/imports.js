// Gives a file one import of each of TensorFlow.js's packages.

// esbuild keeps each module's own import of TensorFlow.js, under a name that occurs nowhere else in the file. Replaces
// those names by `nameOf` of the package, and removes the import statements.
function withoutImports(text, statement, nameOf) {
  const names = new Map();
  const rest = text.replace(statement, (_, name, module) => {
    names.set(name, nameOf(module));
    return '';
  });
  return rest.replace(/\b(?:tf[cl]|import_tfjs_[a-z]+)\d*\b/g, (name) => names.get(name) ?? name);
}

function withOneImport(text) {
  const packages = new Map();
  const nameOf = (module) => {
    const name = module.replace('@tensorflow/', '').replace(/\W/g, '_');
    packages.set(module, name);
    return name;
  };
  const rest = withoutImports(text, /^import \* as (\w+) from "(@tensorflow\/.+)";\n/gm, nameOf);
  const imports = [...packages].map(([module, name]) => `import * as ${name} from "${module}";\n`);
  // The first line of a program names what runs it.
  return rest.replace(/^(#!.*\n)?/, `$1${imports.join('')}`);
}

module.exports = {withOneImport, withoutImports};
