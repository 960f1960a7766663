import {reject} from '../../../core/errors';

const FIRST_CODE = 48;
const LAST_CODE = 111;
// Five bits per character: seven characters hold any count that fits in 32 bits.
const MOST_CHARACTERS = 7;

/**
 * Reads the ends of a mask's runs, ascending, the last at `pixels`.
 *
 * @param counts Run lengths, or the compressed string of them that pycocotools writes.
 * @param path Their name in errors: `detections[3].segmentation.counts`.
 * @throws ValueError for a string that is truncated or has other characters, counts that are not integers ≥ 0, and runs
 *   that do not sum to `pixels`.
 */
export function readRuns(counts: unknown, pixels: number, path: string): Uint32Array {
  const lengths = typeof counts === 'string' ? decompress(counts, path) : counts;
  if (!Array.isArray(lengths)) reject(path, 'an array of run lengths or a compressed string', counts);
  const ends = new Uint32Array(lengths.length);
  let end = 0;
  for (let i = 0; i < lengths.length; ++i) {
    const length: unknown = lengths[i];
    if (!Number.isInteger(length) || (length as number) < 0) {
      reject(typeof counts === 'string' ? path : `${path}[${i}]`, 'run lengths, integers ≥ 0', length);
    }
    end += length as number;
    ends[i] = end;
  }
  if (end !== pixels) reject(path, `runs of ${pixels} pixels in all, height · width`, end);
  return ends;
}

/**
 * Reads 6-bit characters of little-endian, signed numbers; from the fourth on, differences to the number two before.
 */
function decompress(text: string, path: string): number[] {
  const lengths: number[] = [];
  for (let p = 0; p < text.length; ) {
    let value = 0;
    let code = 0x20;
    for (let k = 0; code & 0x20; ++k, ++p) {
      const character = text.charCodeAt(p);
      if (!(character >= FIRST_CODE && character <= LAST_CODE) || k === MOST_CHARACTERS) {
        reject(path, `a compressed string of run lengths, right at character ${p}`, text);
      }
      code = character - FIRST_CODE;
      value += (code & 0x1f) * 2 ** (5 * k);
      // The highest bit of the last character is the sign.
      if ((code & 0x30) === 0x10) value -= 2 ** (5 * (k + 1));
    }
    lengths.push(lengths.length > 2 ? value + lengths[lengths.length - 2] : value);
  }
  return lengths;
}
