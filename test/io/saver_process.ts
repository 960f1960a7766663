import fs from 'node:fs/promises';
import {saveModelFiles} from '../../src/io/save_model_files';
import {versionedArtifacts} from './versions';

/**
 * A process that saves versioned models: `once DIR VERSION [VALUES]`, `times N DIR VERSION…` (the versions in turn,
 * N saves in all), `forever DIR VERSION…`, or `crash STEP DIR VERSION` (which kills itself in that file operation).
 */
async function main([mode, ...args]: string[]): Promise<void> {
  if (mode === 'once') return save(args[0], args[1], Number(args[2] ?? 2 ** 16));
  if (mode === 'crash') {
    crashInStep(Number(args[0]));
    return save(args[1], args[2]);
  }
  const [directory, ...versions] = mode === 'times' ? args.slice(1) : args;
  const saves = mode === 'times' ? Number(args[0]) : Number.POSITIVE_INFINITY;
  for (let i = 0; i < saves; i++) {
    const start = performance.now();
    await save(directory, versions[i % versions.length]);
    process.stdout.write(`${performance.now() - start}\n`);
  }
}

function save(directory: string, version: string, values?: number): Promise<void> {
  return saveModelFiles(directory, versionedArtifacts(Number(version), values));
}

// Operations are counted where they begin; a write leaves half of its bytes, as a crash may.
function crashInStep(last: number): void {
  let step = 0;
  const die = () => process.kill(process.pid, 'SIGKILL');
  const count = (object: Record<string, unknown>, name: string) => {
    const original = object[name] as (...args: unknown[]) => unknown;
    object[name] = async function (this: unknown, ...args: unknown[]) {
      step++;
      if (step === last && Buffer.isBuffer(args[0]))
        await original.call(this, args[0].subarray(0, args[0].length / 2));
      if (step === last) die();
      return original.apply(this, args);
    };
  };
  const open = fs.open;
  let patched = false;
  fs.open = async (...args) => {
    const handle = await open(...args);
    if (!patched)
      for (const name of ['writeFile', 'sync', 'close']) count(Object.getPrototypeOf(handle), name);
    patched = true;
    return handle;
  };
  for (const name of ['mkdir', 'open', 'writeFile', 'readFile', 'rename', 'readdir', 'stat', 'rm'])
    count(fs as never, name);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
