import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';

const LOSSES = join(__dirname, '../../src/losses');
const files = readdirSync(LOSSES).filter(
  (file) => file.endsWith('_loss.ts') || file.includes('cross_entropy'),
);

type Parse = (event: {parsedText: string}) => void;

/** What the plugin makes of Markdown before TypeDoc parses it. */
async function rendered(text: string): Promise<string> {
  const {load} = (await import('../../docs/typedoc_plugin.mjs' as string)) as {load: (app: object) => void};
  const event = {parsedText: text};
  let parse: Parse = () => {};
  const on = (_: string, listener: Parse) => {
    parse = listener;
  };
  load({converter: {on: () => {}}, renderer: {on}});
  parse(event);
  return event.parsedText;
}

test('every loss has a formula, which KaTeX takes', async (t) => {
  for (const file of files) {
    const source = readFileSync(join(LOSSES, file), 'utf8').replace(/^ \* ?/gm, '');
    const blocks = source.match(/^```math\n[\s\S]*?\n```$/gm) ?? [];
    t.true(blocks.length > 0, file);
    for (const block of blocks)
      t.regex(await rendered(block), /^<div class="formula">.*<math .*<\/div>$/, file);
  }
});

test('a formula that KaTeX does not take is an error; other code is left alone', async (t) => {
  await t.throwsAsync(rendered('```math\n\\frac{1}\n```'), {message: /KaTeX/});
  const code = '```ts\nconst a = 1;\n```';
  t.is(await rendered(code), code);
});
