import {isUtf8} from 'node:buffer';
import {shorten, show, ValueError} from '../../core/errors';
import {describeByte} from './describe_byte';
import {findJsonError} from './json_error';
import {endOfNumbers} from './number_arrays';
import type {RecordHandler} from './record_handler';
import {EXPECTED, type Expects, NEXT, STARTS} from './record_states';

// Bounds memory if a bracket is missing. Records of known datasets are under 1 MB.
const LONGEST_RECORD = 2 ** 26;

/**
 * Finds the records of a JSON file that is one object: the elements of its arrays. Bytes may arrive in any pieces; at
 * most one record is kept, and `JSON.parse` reads it. Accepts exactly the files that `JSON.parse` accepts, except that
 * a repeated key is refused, whereas `JSON.parse` drops the first.
 */
export class RecordScanner {
  private expects: Expects = 'start';
  private readonly keys = new Set<string>();
  private index = 0;
  /** Bytes of earlier chunks. */
  private passed = 0;
  /** Pieces from earlier chunks of the record or key being read. */
  private pieces: Buffer[] = [];
  private held = 0;
  private inRecord = false;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private readonly omits: Buffer | undefined;
  /** Range in the chunk of numbers that the record does not need; `to` is 0 if there are none. */
  private omitted = {from: 0, to: 0};

  /**
   * @param source Where the bytes come from, for errors.
   * @param longest Most bytes that a record may have.
   */
  constructor(
    private readonly source: string,
    private readonly handler: RecordHandler,
    private readonly longest = LONGEST_RECORD,
  ) {
    this.omits = handler.omits === undefined ? undefined : Buffer.from(JSON.stringify(handler.omits));
  }

  /** @throws ValueError with the offset of the first invalid byte, and the path of its record. */
  write(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (!this.inRecord) {
        at = this.between(chunk, at);
        if (at === chunk.length) break;
      }
      const end = this.endOfRecord(chunk, at);
      if (end < 0) {
        this.hold(chunk.subarray(at));
        break;
      }
      this.finish(chunk, at, end);
      at = end;
    }
    this.passed += chunk.length;
  }

  /** @throws ValueError if the object has not ended. */
  end(): void {
    // The end of the file ends a number, but leaves the object open.
    if (this.inRecord) this.refuse(Buffer.concat(this.pieces), this.passed, describeByte(undefined));
    if (this.expects !== 'end') this.fail(this.passed, EXPECTED[this.expects], describeByte(undefined));
  }

  /** Reads brackets, colons and commas up to the next key or record; returns the offset of its first byte. */
  private between(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; ++at) {
      const byte = chunk[at];
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue;
      const character = String.fromCharCode(byte);
      const next = NEXT[this.expects][character];
      if (next === undefined) {
        const mayStart = STARTS[this.expects]?.test(character) ?? false;
        if (!mayStart) this.fail(this.passed + at, EXPECTED[this.expects], describeByte(byte));
        if (this.expects === 'value') this.handler.key(this.currentKey(), false);
        this.inRecord = true;
        return at;
      }
      if (next === 'first element') {
        this.handler.key(this.currentKey(), true);
        this.index = 0;
      }
      this.expects = next;
    }
    return chunk.length;
  }

  /** Finds the end of the record or key that continues at `from`; -1 if it is in a later chunk. */
  private endOfRecord(chunk: Buffer, from: number): number {
    let {depth, inString, escaped} = this;
    const isNew = this.held === 0;
    let at = from;
    const first = isNew ? chunk[at] : this.pieces[0][0];
    const isScalar = first !== 0x22 && first !== 0x7b && first !== 0x5b;
    if (isScalar) {
      for (; at < chunk.length; ++at) {
        const byte = chunk[at];
        if (byte === 0x2c || byte === 0x5d || byte === 0x7d || byte <= 0x20) return at;
      }
      return -1;
    }
    const {length} = chunk;
    while (at < length) {
      const byte = chunk[at++];
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === 0x5c) escaped = true;
        else if (byte === 0x22) {
          inString = false;
          if (depth === 0) return this.reset(at);
        }
      } else if (byte === 0x22) inString = true;
      else if ((byte | 0x20) === 0x7b) {
        const skipped = byte === 0x5b && depth === 1 && isNew ? this.endOfOmitted(chunk, from, at - 1) : -1;
        if (skipped < 0) depth++;
        else {
          this.omitted = {from: at - 1, to: skipped};
          at = skipped;
        }
      } else if ((byte | 0x20) === 0x7d && --depth === 0) return this.reset(at);
    }
    this.depth = depth;
    this.inString = inString;
    this.escaped = escaped;
    return -1;
  }

  /** Finds the end of unneeded numbers that start at `at` in a record; -1 if there are none. */
  private endOfOmitted(chunk: Buffer, from: number, at: number): number {
    const {omits} = this;
    if (omits === undefined) return -1;
    let before = at - 1;
    while (chunk[before] === 0x20) before--;
    if (chunk[before] !== 0x3a) return -1;
    do before--;
    while (chunk[before] === 0x20);
    // After a backslash, the quote does not open a key but belongs to a longer one.
    const start = before + 1 - omits.length;
    if (start <= from || chunk[start - 1] === 0x5c) return -1;
    return chunk.compare(omits, 0, omits.length, start, before + 1) === 0 ? endOfNumbers(chunk, at) : -1;
  }

  private reset(at: number): number {
    this.depth = 0;
    this.inString = false;
    this.escaped = false;
    return at;
  }

  private hold(piece: Buffer): void {
    this.omitted.to = 0;
    this.pieces.push(Buffer.from(piece));
    this.held += piece.length;
    if (this.held <= this.longest) return;
    const end = this.passed + piece.length;
    this.refuse(Buffer.concat(this.pieces), end, `more than ${this.longest} bytes`);
  }

  private finish(chunk: Buffer, from: number, to: number): void {
    const last = chunk.subarray(from, to);
    const bytes = this.held === 0 ? last : Buffer.concat([...this.pieces, last]);
    const end = this.passed + to;
    this.checkUtf8(bytes, end);
    const {omitted} = this;
    // Only a record within one chunk has omitted numbers.
    const text =
      omitted.to === 0
        ? bytes.toString()
        : `${chunk.toString('utf8', from, omitted.from)}0${chunk.toString('utf8', omitted.to, to)}`;
    omitted.to = 0;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.refuse(bytes, end, describeByte(chunk[to]));
    }
    this.pieces = [];
    this.held = 0;
    this.inRecord = false;
    if (this.expects === 'first key' || this.expects === 'key') {
      if (this.keys.has(value as string)) {
        this.fail(end - bytes.length, 'a key that the object does not have yet', show(value));
      }
      this.keys.add(value as string);
      this.expects = 'colon';
    } else if (this.expects === 'value') {
      this.expects = 'after value';
      this.handler.record(value, 0);
    } else {
      this.expects = 'after element';
      this.handler.record(value, this.index++);
    }
  }

  private checkUtf8(bytes: Buffer, end: number): void {
    if (isUtf8(bytes)) return;
    const decoded = Buffer.from(bytes.toString());
    const wrong = bytes.findIndex((byte, k) => decoded[k] !== byte);
    this.fail(end - bytes.length + wrong, 'UTF-8', describeByte(bytes[wrong]));
  }

  private currentKey(): string {
    return [...this.keys].at(-1)!;
  }

  /**
   * Throws for a record, whose bytes end at `end` of the file: names its first invalid byte, or `instead` if it is cut
   * off.
   */
  private refuse(bytes: Buffer, end: number, instead: string): never {
    const wrong = findJsonError(bytes) ?? bytes.length;
    return wrong < bytes.length
      ? this.fail(end - bytes.length + wrong, 'valid JSON', describeByte(bytes[wrong]))
      : this.fail(end, 'the rest of a value', instead);
  }

  private fail(offset: number, expected: string, received: string): never {
    throw new ValueError(
      `Expected \`${shorten(this.source, 500)}\` to have ${expected} at byte ${offset}${this.where()}. ` +
        `Received: ${received}`,
    );
  }

  private where(): string {
    if (this.keys.size === 0 || this.expects === 'end') return '';
    const key = shorten(this.currentKey(), 100);
    const inElements = this.expects === 'first element' || this.expects === 'element';
    return inElements ? `, in ${key}[${this.index}]` : `, in or after ${key}`;
  }
}
