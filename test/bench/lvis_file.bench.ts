import {execFileSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Random} from '../../src/core/random';
import {lvisDataset} from '../../src/io/datasets/lvis/lvis_dataset';
import {lvisFrequency} from '../../src/io/datasets/lvis/lvis_frequency';

/** What LVIS v1 train has. */
const IMAGES = 100_170;
const OBJECTS = 1_270_141;
const CATEGORIES = 1203;
const POLYGON = 55;

/** Writes a file of the size and the records of LVIS v1 train: polygons make up most of it. */
function writeAnnotations(file: string, objects: number): void {
  const random = new Random(1);
  const pixels = () => Math.round(random.between(0, 64000)) / 100;
  const out = openSync(file, 'w');
  const write = (key: string, count: number, record: (i: number) => object) => {
    writeSync(out, `"${key}": [`);
    let block: string[] = [];
    for (let i = 0; i < count; ++i) {
      block.push(`${i > 0 ? ', ' : ''}${JSON.stringify(record(i))}`);
      if (block.length === 1000 || i === count - 1) {
        writeSync(out, block.join(''));
        block = [];
      }
    }
    writeSync(out, ']');
  };
  writeSync(out, '{"info": {"version": "v1.0"}, ');
  write('annotations', objects, (i) => ({
    area: random.between(1, 1e5),
    id: i + 1,
    segmentation: [Array.from({length: 2 * POLYGON}, pixels)],
    image_id: 9 + 5 * random.below(IMAGES),
    bbox: [pixels(), pixels(), pixels(), pixels()],
    category_id: 1 + Math.floor(CATEGORIES * random.next() ** 3),
  }));
  writeSync(out, ', ');
  write('images', IMAGES, (i) => ({
    date_captured: '2013-11-14 17:02:52',
    neg_category_ids: [1, 2, 3, 4, 5, 6].map(() => random.below(CATEGORIES) + 1),
    id: 9 + 5 * i,
    license: 4,
    height: 480,
    width: 640,
    flickr_url: 'http://farm9.staticflickr.com/8186/8119368305_4e622c8349_z.jpg',
    coco_url: `http://images.cocodataset.org/train2017/${String(9 + 5 * i).padStart(12, '0')}.jpg`,
    not_exhaustive_category_ids: [random.below(CATEGORIES) + 1],
  }));
  writeSync(out, ', ');
  write('categories', CATEGORIES, (i) => ({id: i + 1, name: `category_${i + 1}`, frequency: 'rcf'[i % 3]}));
  writeSync(out, '}');
  closeSync(out);
}

const READERS: Record<string, (file: string) => Promise<unknown>> = {
  lvisFrequency,
  lvisDataset: (file) => lvisDataset(file, 'images'),
};

/** Reads in this process, and prints seconds and the most memory beyond what the process began with. */
async function readInto(name: string, file: string): Promise<void> {
  const before = process.memoryUsage().rss / 2 ** 20;
  const began = process.cpuUsage();
  const started = performance.now();
  await READERS[name](file);
  const seconds = (performance.now() - started) / 1000;
  const {user, system} = process.cpuUsage(began);
  const mebibytes = process.resourceUsage().maxRSS / 1024 - before;
  console.log(JSON.stringify({seconds, processor: (user + system) / 1e6, mebibytes}));
}

/** Reads a generated file of the size of LVIS v1 train, longer than the longest string of V8, with each reader. */
export function printLvisFileBench(objects = OBJECTS): void {
  const directory = mkdtempSync(join(tmpdir(), 'lvis-file-bench-'));
  try {
    const file = join(directory, 'lvis.json');
    writeAnnotations(file, objects);
    const megabytes = statSync(file).size / 1e6;
    console.log(`A generated annotation file of ${megabytes.toFixed(0)} MB, ${objects} objects`);
    for (const name of Object.keys(READERS)) {
      const output = execFileSync(process.execPath, ['-r', 'tsx/cjs', __filename, name, file], {
        encoding: 'utf8',
      });
      const {seconds, processor, mebibytes} = JSON.parse(output.trim().split('\n').at(-1)!);
      console.log(
        `${name}: ${seconds.toFixed(1)} s, ${(megabytes / seconds).toFixed(0)} MB/s ` +
          `(${(megabytes / processor).toFixed(0)} by processor time), ${mebibytes.toFixed(0)} MiB of memory`,
      );
    }
  } finally {
    rmSync(directory, {recursive: true, force: true});
  }
}

if (require.main === module) {
  const [name, file] = process.argv.slice(2);
  if (file === undefined) printLvisFileBench(name === undefined ? undefined : Number(name));
  else {
    readInto(name, file).catch((error) => {
      console.error(error);
      process.exitCode = 1;
    });
  }
}
