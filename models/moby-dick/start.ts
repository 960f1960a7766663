import {join, resolve} from 'node:path';
import {lambdaForTailRatio, tailRatio} from '../../src/frequency';
import {classResults, compareModels, modelColumns, textTable} from '../../src/report/on_node';
import {type Backend, startBackend} from './backend';
import {checkReload} from './check_reload';
import {mobyDickCorpus} from './data/corpus';
import {GROUPS, MODELS, prepare, trainAll} from './experiment';
import {fail} from './fail';
import {type Options, readOptions, usage} from './options';
import {Progress} from './progress';
import {writeReport} from './write_report';

/**
 * Trains a baseline and an EQL model on the characters of Moby-Dick, compares these two and the baseline with adjusted
 * logits, saves both, and loads the EQL model back.
 */
async function main(options: Options): Promise<void> {
  const started = Date.now();
  const out = resolve(options.out);
  const {backend, passedOver} = await startBackend(options.backend);
  console.log(
    `Backend: ${backend}${passedOver.length > 0 ? ` (passed over: ${passedOver.join('; ')})` : ''}\n`,
  );

  const progress = new Progress();
  const {experiment, lambda, baseline, eql} = await trainBoth(options, backend, out, progress).finally(() =>
    progress.stop(),
  );
  const {freqInfo} = experiment;
  if (eql.nextStep == null) throw new Error('The EQL model was not saved.');

  const results = classResults({
    freqInfo,
    actual: experiment.test.labels,
    predicted: {
      [MODELS.baseline]: baseline.predicted.plain.test,
      [MODELS.eql]: eql.predicted.plain.test,
      [MODELS.adjusted]: baseline.predicted.adjusted.test,
    },
  });
  const comparison = compareModels(results, GROUPS);
  const rare = freqInfo.frequencies.filter((f) => f < lambda).length;
  const share = (100 * tailRatio(freqInfo, lambda)).toFixed(1);
  const lead =
    `${freqInfo.numImages.toLocaleString('en')} training crops, ${freqInfo.numClasses} characters; ` +
    `λ = ${lambda.toPrecision(3)} spares ${rare} of them, which have ${share} % of the characters' samples.`;
  console.log(`\n${lead}\n\n${textTable(comparison, modelColumns(Object.values(MODELS)))}\n`);

  const reload = await checkReload(
    `file://${join(out, 'models', 'eql', 'model.json')}`,
    {lambda, freqInfo, nextStep: eql.nextStep},
    experiment.scans.crops(0),
  );
  console.log(`Loaded the EQL model back:\n${reload.map((line) => `  ✓ ${line}`).join('\n')}\n`);

  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  const footer = `${options.epochs} epochs, seed ${options.seed}, backend ${backend}, ${seconds} s.`;
  const files = writeReport(out, {
    experiment,
    baseline,
    eql,
    results,
    comparison,
    lambda,
    lead,
    reload,
    footer,
  });
  console.log(`Left in ${options.out}: models/baseline, models/eql, ${files.join(', ')}`);
  const leftOut = [...mobyDickCorpus().leftOut].map(([character, count]) => `${character} (${count})`);
  console.log(`Too rare in the book to be drawn: ${leftOut.join('  ')}`);
  console.log(`Done in ${seconds} s.`);
}

async function trainBoth(options: Options, backend: Backend, out: string, progress: Progress) {
  const experiment = await prepare({...options, backend}, progress);
  const lambda = options.lambda ?? lambdaForTailRatio(experiment.freqInfo, options.tailRatio);
  const models = join(out, 'models');
  const trained = await trainAll(
    experiment,
    {
      baseline: {method: 'ce', lambda, saveTo: join(models, 'baseline')},
      eql: {method: 'eql', lambda, saveTo: join(models, 'eql'), thenStep: true},
    },
    progress,
  );
  return {experiment, lambda, ...trained};
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage('start'));
  } else {
    main(options).catch(fail);
  }
} catch (error) {
  fail(error);
}
