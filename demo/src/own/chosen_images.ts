import type {OwnImage} from './protocol';

const IMAGE = /\.(png|jpe?g|webp|gif|bmp|avif)$/i;

/** The images of a chosen folder, with a class for each folder that contains some. */
export function imagesOf(files: Iterable<{path: string; file: Blob}>): OwnImage[] {
  return [...files].flatMap(({path, file}) => {
    const className = path.split('/').at(-2);
    return IMAGE.test(path) && className ? [{file, className}] : [];
  });
}

/** The files of a folder input. */
export function filesOf(list: FileList): {path: string; file: Blob}[] {
  return [...list].map((file) => ({path: file.webkitRelativePath, file}));
}

/** The dropped files, including everything in dropped folders. */
export async function droppedFiles(items: DataTransferItemList): Promise<{path: string; file: Blob}[]> {
  // Read all entries at once: the list is empty after the first await.
  const entries = [...items].map((item) => item.webkitGetAsEntry());
  return (await Promise.all(entries.map((entry) => (entry ? within(entry) : [])))).flat();
}

async function within(entry: FileSystemEntry): Promise<{path: string; file: Blob}[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail));
    return [{path: entry.fullPath, file}];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: {path: string; file: Blob}[] = [];
  for (;;) {
    // A reader returns a hundred entries at a time.
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) return found;
    for (const each of some) found.push(...(await within(each)));
  }
}
