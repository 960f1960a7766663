import {printCountingBench} from './counting.bench';
import {wasmKernelsBench} from './wasm_kernels.bench';

async function main(): Promise<void> {
  await printCountingBench();
  await wasmKernelsBench();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
