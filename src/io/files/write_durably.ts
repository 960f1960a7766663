import type {FileHandle} from 'node:fs/promises';
import type {FileOperations} from './file_operations';

const CHUNK_BYTES = 64 * 2 ** 20;
const PRIVATE = 0o600;

/** Owner and permissions of a file. */
export interface Access {
  mode: number;
  uid: number;
  gid: number;
}

/** Writes the same new file to each of `paths`; complete and synced to disk when it returns. */
export async function writeDurably(
  files: FileOperations,
  paths: string[],
  shards: Iterable<ArrayBuffer | Uint8Array> | AsyncIterable<ArrayBuffer>,
  access: Access | undefined,
  see: (chunk: Buffer) => void = () => {},
): Promise<void> {
  const handles: FileHandle[] = [];
  try {
    for (const path of paths) handles.push(await files.open(path, 'wx', access && PRIVATE));
    for await (const shard of shards) {
      const bytes = ArrayBuffer.isView(shard)
        ? Buffer.from(shard.buffer, shard.byteOffset, shard.byteLength)
        : Buffer.from(shard);
      for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
        const chunk = bytes.subarray(start, start + CHUNK_BYTES);
        see(chunk);
        for (const handle of handles) await handle.writeFile(chunk);
      }
    }
    for (const handle of handles) {
      if (access) await setAccess(handle, access);
      await handle.sync();
    }
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}

async function setAccess(handle: FileHandle, {mode, uid, gid}: Access): Promise<void> {
  const own = await handle.stat();
  // Only root may change a file's owner.
  if (own.uid !== uid || own.gid !== gid) await handle.chown(uid, gid).catch(() => {});
  await handle.chmod(mode & 0o777);
}
