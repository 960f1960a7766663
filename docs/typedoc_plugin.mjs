import katex from 'katex';
import {Comment, CommentTag, Converter, MarkdownEvent, ReflectionKind} from 'typedoc';

/** Categories of the navigation by the folder in src that a declaration is in. */
const CATEGORIES = {
  losses: 'Losses',
  metrics: 'Metrics',
  frequency: 'Class frequencies',
  sampling: 'Sampling',
  training: 'Training',
  detection: 'Detection',
  report: 'Pictures and reports',
  notebook: 'Pictures and reports',
  io: 'Data and files',
  kernels: 'Kernels',
  labels: 'Labels',
  serialization: 'Saving',
  core: 'Base classes and errors',
};

/** Renders blocks of TeX as MathML, which browsers show without fonts or scripts, and sorts the API by category. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({project}) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.All)) {
      const isTop =
        reflection.parent?.kindOf(ReflectionKind.SomeModule) && !reflection.kindOf(ReflectionKind.Module);
      if (isTop) categorize(reflection, project.getSymbolIdFromReflection(reflection)?.packagePath);
    }
  });
  app.renderer.on(
    MarkdownEvent.PARSE,
    (event) => {
      event.parsedText = event.parsedText.replace(/^```math\n([\s\S]*?)\n```$/gm, (_, tex) => mathml(tex));
    },
    100,
  );
}

function categorize(reflection, path = '') {
  const category = CATEGORIES[path.match(/src\/(\w+)\//)?.[1]];
  if (category === undefined) return;
  for (const at of reflection.signatures ?? [reflection]) {
    at.comment ??= new Comment();
    at.comment.blockTags.push(new CommentTag('@category', [{kind: 'text', text: category}]));
  }
}

/** On one line, so that Markdown takes it as it is. */
function mathml(tex) {
  const html = katex.renderToString(tex, {
    displayMode: true,
    output: 'mathml',
    strict: 'error',
    throwOnError: true,
  });
  return `<div class="formula">${html.replace(/\s*\n\s*/g, ' ')}</div>`;
}
