import {readFileSync} from 'node:fs';
import ts from 'typescript';
import type {Example} from './collect';
import {ENTRY_POINTS} from './entry_points';

/** Lines that `moduleOf` puts before an example's own. */
export const HEADER_LINES = 1;

const PRELUDE = ['model', 'trainDataset', 'trainImages', 'xs', 'ys', 'freqInfo', 'loss'];

/**
 * An example as a module of its own. The names of the prelude are there, unless it declares them. An example that
 * imports nothing is a fragment: it has `tf` and the package's exports as well. One that imports anything must import
 * all that it uses, for it is what people copy.
 */
export function moduleOf({code}: Example): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const declared = new Set(source.statements.flatMap(namesOf));
  const open = (names: Iterable<string>) =>
    [...names].filter((name) => identifiersOf(source).has(name) && !declared.has(name)).join(', ');
  const header = [`import {prelude} from './prelude'; const {${open(PRELUDE)}} = prelude();`];
  if (!source.statements.some(ts.isImportDeclaration)) {
    header.push("import * as tf from '@tensorflow/tfjs';");
    const imported = new Set<string>();
    for (const [name, file] of ENTRY_POINTS) {
      // What the main entry has too comes from there.
      const names = exportsOf(file).filter((exported) => !imported.has(exported));
      header.push(`import {${open(names)}} from '${name}';`);
      for (const exported of names) imported.add(exported);
    }
  }
  return `${header.join(' ')}\n${code}\nexport {};\n`;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isImportDeclaration(statement)) return [...identifiersOf(statement)];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({name}) => [...identifiersOf(name)]);
  }
  const {name} = statement as {name?: ts.Node};
  return name && ts.isIdentifier(name) ? [name.text] : [];
}

function identifiersOf(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (child: ts.Node): void => {
    if (ts.isIdentifier(child)) names.add(child.text);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return names;
}

/** The names that a module of re-exports has, types included. */
function exportsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  return source.statements.filter(ts.isExportDeclaration).flatMap(({exportClause, moduleSpecifier}) => {
    if (exportClause && ts.isNamedExports(exportClause)) {
      return exportClause.elements.map(({name}) => name.text);
    }
    const {text} = moduleSpecifier as ts.StringLiteral;
    return exportsOf(ts.sys.resolvePath(`${file}/../${text}.ts`));
  });
}
