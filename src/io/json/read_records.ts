import {createReadStream} from 'node:fs';
import type {RecordHandler} from './record_handler';
import {RecordScanner} from './record_scanner';

const CHUNK = 2 ** 20;

/**
 * Reads a JSON file of any length, one object, record by record. Memory holds one chunk and one record.
 *
 * @param chunkSize Bytes to read at a time.
 * @throws ValueError (rejects) if the file is not JSON or is cut off, with its path, the byte offset and the path in
 *   the object; errors of the handler and the file system.
 */
export async function readRecords(file: string, handler: RecordHandler, chunkSize = CHUNK): Promise<void> {
  const scanner = new RecordScanner(file, handler);
  for await (const chunk of createReadStream(file, {highWaterMark: chunkSize})) scanner.write(chunk);
  scanner.end();
}
