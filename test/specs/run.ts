import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {compare, shrink} from './compare';
import {bundleSpecs, runSpecs} from './run_specs';

// Under the repository, where the bundle finds jasmine.
const DIRECTORY = path.join(__dirname, '../../out/specs');
const KNOWN_FAILURES = path.join(__dirname, 'known_failures.txt');

/**
 * `npm run test:specs [-- --shrink]`: tfjs-core's own specs on the wasm backend, with this package's kernels and
 * without. With `--shrink`, specs that pass now are taken off the list of known failures.
 */
async function main(args: string[]): Promise<void> {
  const bundle = await bundleSpecs(DIRECTORY);
  const [ours, stock] = await Promise.all([runSpecs(bundle, 'ours'), runSpecs(bundle, 'stock')]);
  let known = readFileSync(KNOWN_FAILURES, 'utf8').split('\n').filter(Boolean);
  if (args.includes('--shrink')) {
    known = shrink(known, ours);
    writeFileSync(KNOWN_FAILURES, known.map((spec) => `${spec}\n`).join(''));
  }
  const complaints = compare(ours, stock, known);
  for (const {spec, reason} of complaints) console.log(`  ✘ ${spec}\n      ${reason.slice(0, 400)}`);
  const without = Object.keys(stock.failed).length;
  console.log(`${known.length} are known to fail; ${without} fail without this package's kernels`);
  console.log(`${ours.passed.length} passed, ${complaints.length} failed`);
  process.exitCode = complaints.length === 0 ? 0 : 1;
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
