import type {Command} from 'commander';
import {type ClassFrequency, tailRatio} from '../../frequency';
import {tableFrequency} from '../../io/datasets';
import {type Column, htmlTable, textTable} from '../../report/table';
import {lambdaInRange} from '../../training/recommend/lambda_in_range';
import {type RecommendOptions, recommend} from '../../training/recommend/recommend';
import {checkFile} from '../check_output';
import {openImages} from '../data';
import {addAllowEmptyFlag} from '../flags';
import {BOUNDS, type Group, groupsOf} from '../groups';
import {print, writeText} from '../output';
import {page} from '../report/page';
import {picture, requirePicture} from '../report/pictures';

interface Flags {
  label?: string;
  image?: string;
  background?: boolean;
  multiLabel?: boolean;
  allowEmpty?: boolean;
  svg?: string;
  html?: string;
  json?: boolean;
}

const EXAMPLES = `
Examples:
  longtail frequency photos/
  longtail frequency photos/ --html frequency.html
  longtail frequency 'labels/*.parquet' --label species --image photo_id --multi-label`;

/** `longtail frequency DATA`. */
export function addFrequency(program: Command): void {
  const command = program
    .command('frequency')
    .description('Describes the tail: groups, tail ratio and the recommended method. Reads only file names.')
    .argument('<data>', 'images, or .parquet files')
    .option('--label <column>', 'column of classes in .parquet files')
    .option('--image <column>', 'column of images, if one has several rows')
    .option('--background', 'training includes samples of no class, as with detectors')
    .option('--multi-label', 'an image may have several classes')
    .option('--svg <file>', 'draw the number of images of each class')
    .option('--html <file>', 'write a page with pictures')
    .option('--json', 'print JSON');
  addAllowEmptyFlag(command).addHelpText('after', EXAMPLES).action(frequency);
}

async function frequency(path: string, flags: Flags): Promise<void> {
  for (const name of ['svg', 'html'] as const) {
    const file = flags[name];
    if (file) checkFile(`--${name}`, file);
  }
  const freqInfo = await countClasses(path, flags);
  const {background, multiLabel} = flags;
  const groups = groupsOf(freqInfo);
  const advice = summary(freqInfo, {background, multiLabel});
  const {svg, html} = flags;
  if (svg) {
    const draw = requirePicture(({classFrequencies}) => classFrequencies(freqInfo, {bounds: BOUNDS}));
    writeText(svg, await draw);
  }
  if (html) writeText(html, await frequencyPage(path, freqInfo, advice));
  const {imageCounts, numImages, classNames} = freqInfo;
  const counts = Array.from(imageCounts, (images, j) => ({name: classNames?.[j] ?? `class ${j}`, images}));
  const json = {
    images: numImages,
    classes: counts,
    groups: groups.map(({name, classes, images}) => ({name, classes: classes.length, images})),
    ...advice,
  };
  print(flags.json, json, () => asText(freqInfo, groups, advice));
}

/** Counts the training images if the data is already split, otherwise all. */
async function countClasses(path: string, {label, image, allowEmpty}: Flags): Promise<ClassFrequency> {
  if (/\.parquet$/.test(path) || label !== undefined) return tableFrequency(path, {label, image});
  return (await openImages(path, {imageSize: 1, allowEmpty})).freqInfo;
}

interface Advice {
  imbalance: number;
  lambda: number | null;
  tail_ratio: number | null;
  recommended: {loss: string; sampler: string; tau: number | null; reason: string};
  alternatives: {loss: string; reason: string}[];
  warnings: string[];
}

function summary(freqInfo: ClassFrequency, options: RecommendOptions): Advice {
  const {loss, sampler, tau, lambda, reason, alternatives, warnings} = recommend(freqInfo, options);
  const present = freqInfo.imageCounts.filter((count) => count > 0);
  const tail = lambda ?? lambdaInRange(freqInfo)?.lambda;
  return {
    imbalance: present.reduce((a, b) => Math.max(a, b)) / present.reduce((a, b) => Math.min(a, b)),
    lambda: tail ?? null,
    tail_ratio: tail === undefined ? null : tailRatio(freqInfo, tail),
    recommended: {loss: loss.getClassName(), sampler: sampler.name, tau: tau ?? null, reason},
    alternatives: alternatives.map((other) => ({loss: other.loss.getClassName(), reason: other.reason})),
    warnings,
  };
}

const GROUP_COLUMNS: Column<Group>[] = [
  {heading: 'group', cell: ({name}) => name, align: 'left'},
  {heading: 'classes', cell: ({classes}) => String(classes.length)},
  {heading: 'images', cell: ({images}) => String(images)},
];

function asText(freqInfo: ClassFrequency, groups: Group[], advice: Advice): string {
  const {recommended, warnings, lambda, tail_ratio: ratio, imbalance} = advice;
  const {loss, sampler, reason} = recommended;
  return [
    `${freqInfo.numClasses} classes, ${freqInfo.numImages} images, imbalance ${Number(imbalance.toPrecision(3))}`,
    '',
    textTable(groups, GROUP_COLUMNS),
    '',
    ...(lambda === null
      ? []
      : [
          `tail ratio: ${(100 * Number(ratio)).toFixed(1)} % of the images are in classes below λ = ${lambda.toPrecision(3)}`,
        ]),
    `recommended: ${loss}, sampler ${sampler}`,
    `  ${reason}`,
    ...advice.alternatives.map((other) => `or ${other.loss}: ${other.reason}`),
    ...warnings.map((warning) => `warning: ${warning}`),
  ].join('\n');
}

async function frequencyPage(path: string, freqInfo: ClassFrequency, advice: Advice): Promise<string> {
  const {recommended, lambda} = advice;
  const marks: Record<string, number> = lambda === null ? {} : {'tail ratio': lambda};
  return page(`Classes of ${path}`, `Recommended: ${recommended.loss}. ${recommended.reason}`, [
    {heading: 'Groups', content: htmlTable(groupsOf(freqInfo), GROUP_COLUMNS, 'By training images')},
    {
      heading: 'Images of each class',
      content: await picture(({classFrequencies}) =>
        classFrequencies(freqInfo, {setting: 'inline', bounds: BOUNDS}),
      ),
    },
    {
      heading: 'Tail ratio',
      content: await picture(({tailRatioCurve}) => tailRatioCurve(freqInfo, {setting: 'inline', marks})),
    },
  ]);
}
