// `node instrument.js task.json`, with npx's Stryker on the PATH: writes each file of the task with all its mutants
// in it, switched by the environment, and the list of the mutants.
const {existsSync, readFileSync, realpathSync, writeFileSync} = require('node:fs');
const {createRequire} = require('node:module');
const {delimiter, join} = require('node:path');
const {pathToFileURL} = require('node:url');

// Stryker's own switch counts each pass and compares text, which makes speed tests fail.
const SWITCH = JSON.stringify(join(__dirname, 'switch.js'));
const HEADER = `const {isActive: stryMutAct_9fa48, cover: stryCov_9fa48} = require(${SWITCH});\n`;

const withSwitch = (text) =>
  HEADER + text.replaceAll(/(?<=stry(?:Cov|MutAct)_9fa48\()[^)]*/g, (ids) => ids.replaceAll('"', ''));

function load(name) {
  const bin = process.env.PATH.split(delimiter).map((folder) => join(folder, 'stryker'));
  const stryker = createRequire(realpathSync(bin.find(existsSync)));
  return import(pathToFileURL(stryker.resolve(name)).href);
}

async function main({files, excluded, mutants: list}) {
  const {Instrumenter} = await load('@stryker-mutator/instrumenter');
  const silent = {isDebugEnabled: () => false, debug() {}, info() {}, warn: console.warn};
  const read = files.map(({source}) => ({name: source, mutate: true, content: readFileSync(source, 'utf8')}));
  const options = {plugins: null, excludedMutations: excluded, ignorers: [], noHeader: true};
  const {files: written, mutants} = await new Instrumenter(silent).instrument(read, options);
  written.forEach(({content}, i) => {
    writeFileSync(files[i].target, withSwitch(content));
  });
  writeFileSync(list, JSON.stringify(mutants.map((mutant) => ({...mutant, id: Number(mutant.id)}))));
}

main(JSON.parse(readFileSync(process.argv[2], 'utf8'))).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
