import {printBrowserBench} from './browser.bench';
import {printCountingBench} from './counting.bench';
import {printBoxBench, printDetectionBench} from './detection.bench';
import {printImportBench} from './import.bench';
import {printLossBench} from './loss.bench';
import {printLossesBench} from './losses.bench';
import {printLvisFileBench} from './lvis_file.bench';
import {printSamplingBench} from './sampling.bench';
import {printStepBench} from './step.bench';
import {printStepProfile, printTrainingSteps} from './training_step.bench';
import {wasmKernelsBench} from './wasm_kernels.bench';

/**
 * `npm run bench -- losses` prints the table of losses only, of all or of those named after it, `-- step` training
 * steps, `-- step --profile` their shares. `-- lvis` reads a file of 1.1 GB, which no other run does.
 */
async function main([only, ...rest]: string[]): Promise<void> {
  if (only === 'losses') return printLossesBench(rest);
  if (only === 'lvis') return printLvisFileBench();
  if (only === 'step' && rest[0] === '--profile') return printStepProfile();
  if (only === 'step') {
    await printTrainingSteps();
    return printStepBench();
  }
  await printLossBench();
  await printLossesBench();
  await printTrainingSteps();
  await printStepBench();
  await wasmKernelsBench();
  await printCountingBench();
  await printSamplingBench();
  await printBoxBench();
  printDetectionBench();
  printImportBench();
  await printBrowserBench();
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  // Peers that wait for the next line would keep the process.
  process.exit(1);
});
