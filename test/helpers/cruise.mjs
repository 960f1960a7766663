// Prints, as JSON, what dependency-cruiser finds in `src` of each of the directories that are its arguments.
import {createRequire} from 'node:module';
import {cruise} from 'dependency-cruiser';

const {forbidden, options} = createRequire(import.meta.url)('../../.dependency-cruiser.cjs');

const summaries = [];
for (const baseDir of process.argv.slice(2)) {
  const {output} = await cruise(['src'], {...options, validate: true, ruleSet: {forbidden}, baseDir});
  summaries.push(output.summary);
}
console.log(JSON.stringify(summaries));
