/**
 * What users import beside the package itself, `tfjs-longtail/<name>`, and where it runs. The source of each is
 * `src/<name>/index.ts`, or in the folder that folder_of.js says; `.ci/build.js` builds it, and writes it into `exports` of
 * package.json.
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
