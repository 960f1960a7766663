const {availableParallelism} = require('node:os');

/** Runs `work` on each, as many at a time as there are processors. Starts none after an error. */
async function each(list, work) {
  const waiting = [...list.entries()];
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results[next[0]] = await work(next[1]).catch((error) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({length: availableParallelism()}, worker));
  return results;
}

module.exports = {each};
