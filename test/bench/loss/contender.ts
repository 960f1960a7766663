import {setTimeout} from 'node:timers/promises';
import {median} from './median';

/** Something that computes one loss and its gradient for a batch of any size. */
export interface Contender {
  name: string;
  /** Whether it has threads that go on for a while when it is done. */
  lingers?: boolean;
  setUp(rows: number, classes: number): Promise<void>;
  /** Milliseconds per call, over as many calls as 50 ms take, after as many that are not timed. */
  run(): Promise<number>;
  tearDown(): Promise<void>;
}

const AT_LEAST_MS = 50;
const VERY_SLOW_MS = 2000;
/** Longer than OpenMP's threads wait for more work. */
const PAUSE_MS = 250;

/**
 * The time that one call takes, by as many of them as 50 ms take. As many go before it: whoever has waited for the others
 * finds caches cold and memory given back.
 */
export function timeOf(call: () => void): number {
  const first = repeat(call);
  return first > AT_LEAST_MS ? first : repeat(call);
}

function repeat(call: () => void): number {
  const start = performance.now();
  let calls = 0;
  let ms: number;
  do {
    call();
    ++calls;
    ms = performance.now() - start;
  } while (ms < AT_LEAST_MS);
  return ms / calls;
}

/** Median milliseconds of each contender, see `samples`. */
export async function medians(...args: Parameters<typeof samples>): Promise<Map<string, number>> {
  return new Map([...(await samples(...args))].map(([name, times]) => [name, median(times)]));
}

/** The least of each: what others do to a machine only adds to it. */
export async function leasts(...args: Parameters<typeof samples>): Promise<Map<string, number>> {
  return new Map([...(await samples(...args))].map(([name, times]) => [name, Math.min(...times)]));
}

/**
 * Milliseconds of each contender at one size: rounds in which one runs after the other, in alternating order, until
 * there are `rounds` of them or `seconds` have passed, but at least three. The first is dropped. Whose calls take more
 * than `slowMs` runs in three rounds only, so that there are more for the others; who takes more than two seconds, in one.
 */
async function samples(
  contenders: readonly Contender[],
  [rows, classes]: readonly [number, number],
  rounds: number,
  seconds: number,
  slowMs = VERY_SLOW_MS,
): Promise<Map<string, number[]>> {
  for (const contender of contenders) await contender.setUp(rows, classes);
  const taken = new Map(contenders.map(({name}) => [name, [] as number[]]));
  const turns = new Map<string, number>();
  const start = performance.now();
  for (let round = -1; round < rounds; ++round) {
    for (const contender of round % 2 === 0 ? contenders : contenders.slice().reverse()) {
      if (round >= (turns.get(contender.name) ?? rounds)) continue;
      const ms = await contender.run();
      if (contender.lingers) await setTimeout(PAUSE_MS);
      if (round >= 0) taken.get(contender.name)?.push(ms);
      else if (ms > slowMs) turns.set(contender.name, ms > VERY_SLOW_MS ? 1 : 3);
    }
    if (round >= 2 && performance.now() - start > seconds * 1000) break;
  }
  for (const contender of contenders) await contender.tearDown();
  return taken;
}
