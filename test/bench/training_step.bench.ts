import {median} from './loss/median';
import {datasetPeer, type Peer, productPeers, pytorchStepPeer, stepPeer} from './loss/peer';
import {JOBS} from './step/jobs';
import {printProfile} from './step/profile';

const ROUNDS = 8;
/** The job that is hardly more than three products of large matrices. */
const DENSE = 'dense 1024 → 1230, batch of 512';

/** The least CPU time of a step of each peer, in interleaved rounds: what others do to a machine only adds to it. */
async function least(peers: Peer[]): Promise<number[]> {
  const best = peers.map(() => Number.POSITIVE_INFINITY);
  for (const peer of peers) await peer.setUp(0, 0);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, peer] of peers.entries()) best[i] = Math.min(best[i], await peer.run());
  }
  for (const peer of peers) peer.close();
  return best;
}

async function runs(peer: Peer, rounds: number): Promise<number[]> {
  await peer.setUp(0, 0);
  const results: number[] = [];
  for (let i = 0; i < rounds; i++) results.push(await peer.run());
  peer.close();
  return results;
}

/** Prints what training steps on wasm cost with and without the SIMD module of kernels/wasm, beside PyTorch. */
export async function printTrainingSteps(): Promise<void> {
  console.log('\nTraining steps on wasm, least CPU time in interleaved rounds');
  for (const job of Object.keys(JOBS)) {
    const pytorch = pytorchStepPeer(job);
    const others = [...(pytorch ? [pytorch] : []), ...(job === DENSE ? productPeers() : [])];
    const [ours, before, ...theirs] = await least([
      stepPeer(job, 'with'),
      stepPeer(job, 'without'),
      ...others,
    ]);
    const beside = theirs.map(
      (ms, i) =>
        `, ${others[i].name.split(': ').at(-1)} ${ms.toFixed(2)} ms (ours ${(ours / ms).toFixed(2)} ×)`,
    );
    console.log(
      `${job}: ${ours.toFixed(2)} ms, without the module ${before.toFixed(2)} ms (${(before / ours).toFixed(1)} × ours)` +
        beside.join(''),
    );
  }
  const ratios = await runs(datasetPeer(), ROUNDS);
  console.log(`fitDataset over indexedArrays: ${median(ratios).toFixed(2)} × trainOnBatch`);
}

/** `npm run bench -- step --profile` prints where the time of the main job's step goes. */
export async function printStepProfile(): Promise<void> {
  for (const job of ['main job, 16 pixels', 'main job, 24 pixels', 'MobileNet block, 14 × 14 × 32'])
    await printProfile(job);
}
