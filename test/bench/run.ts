import {printBrowserBench} from './browser.bench';
import {printCountingBench} from './counting.bench';
import {printBoxBench, printDetectionBench} from './detection.bench';
import {printImportBench} from './import.bench';
import {printLossBench} from './loss.bench';
import {printSamplingBench} from './sampling.bench';
import {printStepBench} from './step.bench';
import {wasmKernelsBench} from './wasm_kernels.bench';

async function main(): Promise<void> {
  await printLossBench();
  await printStepBench();
  await wasmKernelsBench();
  await printCountingBench();
  await printSamplingBench();
  await printBoxBench();
  printDetectionBench();
  printImportBench();
  await printBrowserBench();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
