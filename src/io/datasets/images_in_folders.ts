import {readdirSync, statSync} from 'node:fs';
import {extname, join, relative, sep} from 'node:path';
import {reject, ValueError} from '../../core/errors';
import {type Split, splitOfName} from './splits';

/** Extensions of image files. */
export const EXTENSIONS: readonly string[] = ['.jpg', '.jpeg', '.png', '.webp'];

/** Images found in folders of classes. */
export interface FoundImages {
  files: string[];
  /** The class of each. */
  names: string[];
  /** The split of each, if the folder is split. */
  given?: Split[];
  /** Folders without images: those of a class that has none for training, and those of a split. */
  empty: {folder: string; name?: string}[];
}

interface ClassFolder {
  folder: string;
  /** The class. */
  name: string;
  files: string[];
  split?: Split;
}

/** @throws ValueError if `path` is not a folder, or holds no folder with images. */
export function imagesIn(path: string): FoundImages {
  if (typeof path !== 'string') reject('path', 'a folder', path);
  const inside = foldersIn(path);
  const splits = inside.map(splitOfName);
  const isSplit = splits.includes('train') && splits.every((split) => split !== undefined);
  const roots = isSplit ? inside.map((name) => join(path, name)) : [path];
  const folders = roots.flatMap((root, i) =>
    foldersIn(root).map((name): ClassFolder => {
      const folder = join(root, name);
      return {folder, name, files: filesBelow(folder), ...(isSplit && {split: splits[i]})};
    }),
  );
  const found = folders.flatMap(({files, ...of}) => files.map((file) => ({file, ...of})));
  if (found.length === 0) {
    throw new ValueError(
      `Expected \`path\` to be a folder that has a folder of jpeg, png or webp images for each class. Received: ${path}`,
    );
  }
  const training = roots.filter((_, i) => splits[i] === 'train');
  return {
    files: found.map(({file}) => file),
    names: found.map(({name}) => name),
    ...(isSplit && {given: found.map(({split}) => split as Split)}),
    empty: [
      ...folders.filter(({files}) => files.length === 0),
      ...(isSplit ? [...withoutFolders(roots, folders), ...withoutTraining(training[0], folders)] : []),
    ],
  };
}

/** Splits without classes. */
function withoutFolders(roots: readonly string[], folders: readonly ClassFolder[]): {folder: string}[] {
  const empty = roots.filter((root) => folders.every(({folder, name}) => folder !== join(root, name)));
  return empty.map((folder) => ({folder}));
}

/** The training folders missing for classes that only other splits have. */
function withoutTraining(root: string, folders: readonly ClassFolder[]): {folder: string; name: string}[] {
  const trained = new Set(folders.flatMap(({name, split}) => (split === 'train' ? name : [])));
  const others = new Set(folders.map(({name}) => name).filter((name) => !trained.has(name)));
  return Array.from(others, (name) => ({folder: join(root, name), name}));
}

function foldersIn(path: string): string[] {
  const stat = statSync(path, {throwIfNoEntry: false});
  if (!stat?.isDirectory()) reject('path', 'a folder', path);
  return readdirSync(path)
    .filter((name) => !name.startsWith('.') && statSync(join(path, name)).isDirectory())
    .sort();
}

/** Images in a folder and its subfolders, in the same order on every file system. */
function filesBelow(path: string): string[] {
  const all = readdirSync(path, {recursive: true, encoding: 'utf8'}).map((name) => join(path, name));
  const isHidden = (file: string) =>
    relative(path, file)
      .split(sep)
      .some((part) => part.startsWith('.'));
  const isImage = (file: string) => EXTENSIONS.includes(extname(file).toLowerCase());
  return all.filter((file) => isImage(file) && !isHidden(file)).sort();
}
