import * as tf from '@tensorflow/tfjs';
import {ClassFrequency, fileSystem, lambdaForTailRatio} from '../../src/index.node';
import {indexedDataset, repeatFactor, uniform} from '../../src/sampling';
import {startBackend} from '../moby-dick/backend';
import {mobyDickCorpus} from '../moby-dick/data/corpus';
import {serveJob} from '../moby-dick/serve_job';
import {ForegroundSmoothL1} from './box_loss';
import type {GreyPage} from './data/grey_page';
import {countBoxes, heldOutPages, trainingPages} from './data/page_set';
import {trainingSamples} from './data/training_samples';
import {detectPage, type Found} from './detect_page';
import type {DetectionJob, DetectionOutcome, DetectionStep} from './detection_job';
import {fastRcnnHead} from './heads/fast_rcnn';
import {heldOutScan} from './held_out_scan';
import {judge} from './judge';
import {METHODS, outputsOf} from './methods';

/** Pages per batch, boxes per visit, visits of a page per epoch, and the share of characters among boxes. */
const PAGES_PER_BATCH = 2;
const BOXES_PER_VISIT = 32;
const VISITS = 11;
const FOREGROUND = 0.4;
const LEARNING_RATE = 1e-3;
/** The threshold t of repeat-factor sampling, as a share of pages. */
const REPEAT_THRESHOLD = 0.05;
/** Pages whose detections the report may draw. */
const DRAWN = 12;

/** Trains one head as the job says and judges it, reporting progress to the parent process. */
async function train(job: DetectionJob): Promise<DetectionOutcome> {
  const start = Date.now();
  const {seed, epochs, split, perClass} = job;
  await startBackend(job.backend);
  const classes = mobyDickCorpus().classes.length;
  const pages = trainingPages(job.pages, seed);
  const imageCounts = countBoxes(pages, classes);
  const length = pages.length * VISITS;
  const freqInfo = new ClassFrequency({imageCounts, numImages: length * BOXES_PER_VISIT});
  const lambda = job.lambda ?? lambdaForTailRatio(freqInfo, job.tailRatio);
  const method = METHODS[job.method];
  const model = fastRcnnHead({
    outputs: outputsOf(method, classes),
    seed,
    prior: method.scores === 'sigmoid' ? undefined : 0.5,
  });
  model.compile({
    optimizer: tf.train.adam(LEARNING_RATE),
    loss: [method.loss({freqInfo, lambda}), new ForegroundSmoothL1()],
  });
  const get = trainingSamples({
    pages,
    classes,
    seed,
    visits: VISITS,
    boxes: BOXES_PER_VISIT,
    foregroundFraction: FOREGROUND,
  });
  const labels = Array.from({length}, (_, i) => [...new Set(pages[i % pages.length].labels)]);
  const dataset = indexedDataset(
    {length, get, labels},
    {
      batchSize: PAGES_PER_BATCH,
      seed,
      numClasses: classes,
      labels: 'list',
      sampler: method.repeats ? repeatFactor({threshold: REPEAT_THRESHOLD}) : uniform,
    },
  );
  const steps = Math.ceil(length / PAGES_PER_BATCH);
  let epoch = 0;
  await model.fitDataset(dataset as never, {
    epochs,
    verbose: 0,
    yieldEvery: 'never',
    callbacks: {
      onBatchEnd: async (batch: number, logs?: tf.Logs) => {
        if (batch % 10 !== 9) return;
        const share = (epoch + Math.min(1, batch / steps)) / (epochs + 1);
        send({kind: 'progress', share, note: `epoch ${epoch + 1}/${epochs}  loss ${logs?.loss.toFixed(3)}`});
      },
      onEpochEnd: async () => {
        ++epoch;
      },
    },
  });
  if (job.saveTo !== undefined) await model.save(fileSystem(job.saveTo), {includeOptimizer: true});
  const test = heldOutPages(split, perClass);
  const found = await findAll(model, test, {classes, scores: method.scores}, (share) =>
    send({kind: 'progress', share: (epochs + share) / (epochs + 1), note: `judging ${split} pages`}),
  );
  const {summary, apByCategory} = judge(test, found, freqInfo);
  const ap = Array.from(imageCounts, (_, label) => apByCategory[label + 1]);
  const seconds = (Date.now() - start) / 1000;
  return {lambda, counts: [...imageCounts], summary, ap, found: found.slice(0, DRAWN), seconds};
}

/** Detections on each page; all methods see the same scans and proposals. */
async function findAll(
  model: tf.LayersModel,
  pages: readonly GreyPage[],
  reading: Parameters<typeof detectPage>[3],
  onProgress: (share: number) => void,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const [p, page] of pages.entries()) {
    const {scan, proposals} = heldOutScan(page, p);
    found.push(await detectPage(model, scan, proposals, reading));
    onProgress((p + 1) / pages.length);
  }
  return found;
}

function send(step: {kind: 'progress'} & DetectionStep): void {
  process.send?.(step);
}

serveJob(train);
