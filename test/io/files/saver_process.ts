import type {FileOperations} from '../../../src/io/files/file_operations';
import {saveModelFiles} from '../../../src/io/files/save_model_files';
import {watchedFiles} from './failing_files';
import {versionedArtifacts} from './versions';

/**
 * Saves versioned models in a process of its own: `once DIR VERSION [VALUES]`, `times N DIR VERSION…` (the versions in
 * turn, N saves in all), `forever DIR VERSION…`, or `crash STEP DIR VERSION` (which kills itself in that file
 * operation).
 */
async function main([mode, ...args]: string[]): Promise<void> {
  if (mode === 'once') return save(args[0], args[1], Number(args[2] ?? 2 ** 16));
  if (mode === 'crash') return save(args[1], args[2], undefined, crashingFiles(Number(args[0])));
  const [directory, ...versions] = mode === 'times' ? args.slice(1) : args;
  const saves = mode === 'times' ? Number(args[0]) : Number.POSITIVE_INFINITY;
  for (let i = 0; i < saves; i++) {
    const start = performance.now();
    await save(directory, versions[i % versions.length]);
    process.stdout.write(`${performance.now() - start}\n`);
  }
}

function save(directory: string, version: string, values?: number, files?: FileOperations): Promise<void> {
  return saveModelFiles(directory, versionedArtifacts(Number(version), values), files);
}

// Counts operations as they start; an interrupted write leaves half of its bytes, as a crash may.
function crashingFiles(last: number): FileOperations {
  let step = 0;
  return watchedFiles(async (_operation, [data], half) => {
    if (++step !== last) return;
    if (Buffer.isBuffer(data)) await half();
    process.kill(process.pid, 'SIGKILL');
  });
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
