// Starts tslab's kernel as the project has it installed. Its own answer to an error that nobody handles (a rejection, or one
// thrown by a timer) is a line in whatever cell runs then; here that cell fails.
const executor = require('tslab/dist/executor');

const {createExecutor} = executor;
const unhandled = [];
for (const event of ['unhandledRejection', 'uncaughtException']) {
  process.on(event, (error) => unhandled.push(error));
}

executor.createExecutor = (...args) => {
  const created = createExecutor(...args);
  return {
    ...created,
    execute: async (source) => {
      const ok = await created.execute(source);
      // Node tells of a rejection after the promises' jobs, before the next turn of the event loop.
      await new Promise((resolve) => setTimeout(resolve, 1));
      return unhandled.splice(0).length === 0 && ok;
    },
  };
};

const {startKernel} = require('tslab/dist/main');
const configPath = process.argv[process.argv.indexOf('--config-path') + 1];
startKernel({configPath, enableFindLocal: false});
