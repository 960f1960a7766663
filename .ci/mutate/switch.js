// Tells instrumented sources which mutant is active, by MUTATE_ACTIVE. With MUTATE_REACHED, a folder, each process and
// thread writes the mutants it reached on exit.
const {writeFileSync} = require('node:fs');
const {join} = require('node:path');
const {threadId} = require('node:worker_threads');

const {MUTATE_ACTIVE, MUTATE_REACHED: folder} = process.env;
const active = Number(MUTATE_ACTIVE ?? -1);
const reached = new Uint8Array(folder === undefined ? 0 : 2 ** 20);

function cover(...ids) {
  for (let i = 0; i < ids.length; i++) reached[ids[i]] = 1;
}

if (folder !== undefined) {
  process.on('exit', () => {
    const ids = [...reached.keys()].filter((id) => reached[id] === 1);
    writeFileSync(join(folder, `${process.pid}-${threadId}.json`), JSON.stringify(ids));
  });
}

module.exports = {
  isActive: (id) => id === active,
  cover: folder === undefined ? () => {} : cover,
};
