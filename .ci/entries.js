/**
 * Entries that users import besides the package itself, `tfjs-longtail/<name>`, and where they run. The source of each
 * is `src/<name>/index.ts`, or in the folder given by folder_of.js; `.ci/build.js` builds it, and writes it into
 * `exports` of package.json.
 */
module.exports = {
  'kernels/wasm': 'everywhere',
  'kernels/gpu': 'everywhere',
  datasets: 'on Node',
  detection: 'everywhere',
  metrics: 'everywhere',
  notebook: 'on Node',
  report: 'everywhere',
  sampling: 'everywhere',
  training: 'everywhere',
};
