import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import * as tf from '@tensorflow/tfjs';
import {Random} from '../../src/core/random';
import {
  type Annotations,
  boxIoU,
  type Detection,
  evaluateCoco,
  evaluateLvis,
  matchProposals,
} from '../../src/detection';
import {useBackend} from '../helpers/backends';

const SIDE = 640;

interface Workload {
  groundTruth: Annotations;
  detections: Detection[];
}

/** Boxes near objects and anywhere, `perImage` in each image; categories are long-tailed, objects 8 an image. */
export function workload(images: number, perImage: number, categories: number): Workload {
  const random = new Random(11);
  const category = () => 1 + Math.floor(categories * random.next() ** 3);
  const box = () =>
    [0, 0, 10, 10].map((least, k) => least + Math.floor(random.next() * (k < 2 ? SIDE : 200)));
  const annotations: Annotations['annotations'][number][] = [];
  const detections: Detection[] = [];
  for (let image_id = 1; image_id <= images; ++image_id) {
    for (let k = 0; k < 8; ++k) {
      const bbox = box();
      const own = {image_id, category_id: category(), bbox};
      annotations.push({...own, id: annotations.length + 1, area: bbox[2] * bbox[3], iscrowd: 0});
    }
    for (let k = 0; k < perImage; ++k) {
      const score = random.next();
      const near = annotations[annotations.length - 1 - random.below(8)];
      if (random.next() < 0.3) {
        const bbox = near.bbox!.map((value) => value + random.below(8));
        detections.push({image_id, category_id: near.category_id, bbox, score});
      } else {
        detections.push({image_id, category_id: category(), bbox: box(), score});
      }
    }
  }
  return {
    groundTruth: {
      images: Array.from({length: images}, (_, i) => ({
        id: i + 1,
        neg_category_ids: Array.from({length: 20}, () => category()),
        not_exhaustive_category_ids: [category()],
      })),
      annotations,
      categories: Array.from({length: categories}, (_, c) => ({
        id: c + 1,
        name: `${c}`,
        frequency: 'rcf'[c % 3],
      })),
    },
    detections,
  };
}

/** In seconds of processor time, which a busy machine does not stretch. */
function timed<T>(run: () => T): {seconds: number; result: T} {
  const before = process.cpuUsage();
  const result = run();
  const {user, system} = process.cpuUsage(before);
  return {seconds: (user + system) / 1e6, result};
}

/** COCOeval's seconds for the same data, and its AP; undefined without a Python that has pycocotools. */
function pycocotools({groundTruth, detections}: Workload): {seconds: number; AP: number} | undefined {
  const python = process.env.PYTORCH_PYTHON;
  if (!python || !existsSync(python)) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'detection-bench-'));
  try {
    writeFileSync(join(directory, 'truth.json'), JSON.stringify(groundTruth));
    writeFileSync(join(directory, 'found.json'), JSON.stringify(detections));
    const script = join(__dirname, 'coco_eval.py');
    return JSON.parse(
      execFileSync(python, [script, directory], {encoding: 'utf8'}).trim().split('\n').at(-1)!,
    );
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
}

/** Milliseconds that the fastest of a few calls takes for 2,000 × 300 boxes on wasm. */
export async function printBoxBench(): Promise<void> {
  await useBackend('wasm');
  const random = new Random(5);
  const boxes = (n: number) =>
    tf.tensor2d(
      Array.from({length: n}, () => [random.next(), random.next()]).map(([y, x]) => [y, x, y + 0.1, x + 0.1]),
    );
  const [proposals, objects] = [boxes(2000), boxes(300)];
  const labels = new Int32Array(300);
  const calls = {
    boxIoU: () => boxIoU(proposals, objects),
    matchProposals: () => matchProposals(proposals, {boxes: objects, labels}, {numClasses: 1, seed: 1}),
  };
  for (const [name, call] of Object.entries(calls)) {
    const times = Array.from(
      {length: 30},
      () => timed(() => tf.dispose(call() as tf.TensorContainer)).seconds,
    );
    console.log(`${name}, 2,000 × 300 boxes: ${(1000 * Math.min(...times)).toFixed(1)} ms`);
  }
}

/** Seconds for boxes in 5,000 images × 300 detections, beside pycocotools where PYTORCH_PYTHON has it. */
export function printDetectionBench(): void {
  const data = workload(5000, 300, 80);
  const [first, second] = [0, 1].map(() =>
    timed(() => evaluateCoco(data.groundTruth, data.detections, {iouType: 'bbox'})),
  );
  console.log(
    `evaluateCoco, 80 categories: ${first.seconds.toFixed(2)} s, again ${second.seconds.toFixed(2)} s`,
  );
  const long = workload(5000, 300, 1203);
  const lvis = timed(() => evaluateLvis(long.groundTruth, long.detections, {iouType: 'bbox'}));
  console.log(`evaluateLvis, 1203 categories: ${lvis.seconds.toFixed(2)} s`);
  const peer = pycocotools(data);
  if (peer === undefined) {
    console.log('pycocotools: left out, as PYTORCH_PYTHON names no Python that has it');
    return;
  }
  const ratio = peer.seconds / Math.max(first.seconds, second.seconds);
  console.log(`pycocotools: ${peer.seconds.toFixed(1)} s, ${ratio.toFixed(0)} times as long`);
  const difference = Math.abs(peer.AP - first.result.summary.AP);
  console.log(`AP ${first.result.summary.AP.toFixed(4)}, apart by ${difference.toExponential(1)}`);
}

if (require.main === module) {
  printBoxBench()
    .then(printDetectionBench)
    .catch((error) => {
      console.error(error);
      process.exitCode = 1;
    });
}
