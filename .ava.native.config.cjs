// Tests on the real tfjs-node, which is no dependency: they run where it is installed.
module.exports = {
  extensions: ['ts'],
  require: ['tsx/cjs'],
  files: ['test/native/**/*.test.ts'],
  timeout: '5m',
};
