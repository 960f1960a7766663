import {parentPort, workerData} from 'node:worker_threads';
import {trainSaveAndGoOn, type WorkerJob} from './worker_job';

/** What a worker thread runs: one job, whose outcome it posts. */
trainSaveAndGoOn(workerData as WorkerJob, () => parentPort?.postMessage('saved')).then((outcome) =>
  parentPort?.postMessage(outcome),
);
