const {startKernel} = require('tslab/dist/main');
startKernel({configPath: process.argv[process.argv.indexOf('--config-path') + 1], enableFindLocal: false});
