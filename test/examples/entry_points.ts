import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {ROOT} from './collect';

interface Manifest {
  name: string;
  exports: Record<string, string | {node?: {default: string}; default: string}>;
}

/** The source of each module that users import, by its name: `tfjs-longtail/kernels/wasm` and the like. */
export const ENTRY_POINTS: ReadonlyMap<string, string> = new Map(
  entries(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))),
);

function entries({name, exports}: Manifest): [string, string][] {
  return Object.entries(exports).flatMap(([path, target]): [string, string][] => {
    if (typeof target === 'string') return [];
    const source = (target.node?.default ?? target.default)
      .replace('./dist/cjs/', 'src/')
      .replace(/\.js$/, '.ts');
    return [[path.replace('.', name), join(ROOT, source)]];
  });
}
