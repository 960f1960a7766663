import test from 'ava';

const {functionsOf}: {functionsOf(module: string, text?: string): string[]} = require('../.ci/build/lazy');

test('a lazy module may export functions and types', (t) => {
  const text = `
export interface A {}
export type B = A;
export function first(): void {}
export async function second() {}
const third = 3;
function fourth() {}`;
  t.deepEqual(functionsOf('some.ts', text), ['first', 'second']);
});

test('the build refuses a lazy module that exports anything else, or nothing', (t) => {
  const others = [
    'export const two = 2;',
    'export class Two {}',
    'export let two = () => 2;',
    "export {two} from './two';",
    "export * from './two';",
    'export default 2;',
    'export function* twos() {}',
  ];
  for (const other of others) {
    const text = `export function one() {}\n${other}`;
    const error = t.throws(() => functionsOf('some.ts', text), {message: /some\.ts.* functions alone/});
    t.true(error.message.endsWith(other));
  }
  t.throws(() => functionsOf('some.ts', "console.log('loaded');"), {message: /some\.ts/});
});
