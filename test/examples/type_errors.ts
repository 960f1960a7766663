import {join} from 'node:path';
import ts from 'typescript';
import {type Example, ROOT} from './collect';
import {ENTRY_POINTS} from './entry_points';
import {HEADER_LINES, moduleOf} from './module_of';

/** What the compiler says of examples, all checked in one strict program: `README.md:33: Cannot find name 'x'.` */
export function typeErrors(examples: readonly Example[]): string[] {
  const {config} = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const options: ts.CompilerOptions = {
    ...ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT).options,
    // Examples await at their top level, as modules of users may.
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
    noUnusedLocals: false,
    paths: Object.fromEntries([...ENTRY_POINTS].map(([name, file]) => [name, [file]])),
  };
  const virtual = new Map(examples.map((example, i) => [join(__dirname, `example_${i}.ts`), example]));
  const host = ts.createCompilerHost(options);
  const {readFile, fileExists, getSourceFile} = host;
  host.fileExists = (name) => virtual.has(name) || fileExists(name);
  host.readFile = (name) => (virtual.has(name) ? moduleOf(virtual.get(name)!) : readFile(name));
  host.getSourceFile = (name, target, ...rest) =>
    virtual.has(name)
      ? ts.createSourceFile(name, moduleOf(virtual.get(name)!), target)
      : getSourceFile(name, target, ...rest);

  const program = ts.createProgram([...virtual.keys()], options, host);
  return [...virtual].flatMap(([name, example]) => {
    const source = program.getSourceFile(name)!;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({start = 0, messageText}) => {
      const {line} = source.getLineAndCharacterOfPosition(start);
      const message = ts.flattenDiagnosticMessageText(messageText, '\n');
      return `${example.file}:${example.line + line - HEADER_LINES}: ${message}`;
    });
  });
}
