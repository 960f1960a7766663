import {createHash, randomBytes} from 'node:crypto';
import * as fs from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {threadId} from 'node:worker_threads';

/** `saving`: a save is under way. `clearing`: a save deletes old weights. The others are files being written. */
type Kind = 'saving' | 'clearing' | 'weights' | 'json';

interface Mark {
  name: string;
  owner: string;
  kind: Kind;
  alive: boolean;
}

const MARK = /^\.tfjs-longtail-(([0-9a-f]{8})-(\d+)-(\d+)-[0-9a-f]{12})\.(saving|clearing|weights|json)$/;
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

// A process id is used again one day, and another machine's can't be looked up: no mark is believed for longer
// than this. Clearing takes milliseconds; a save of very large weights may take hours.
const LIFETIME_MS: Record<Kind, number> = {saving: 864e5, weights: 864e5, json: 864e5, clearing: 6e4};

// Shared by all copies of this package in this thread, so that none takes another's marks for leftovers.
const SAVES = Symbol.for('tfjs-longtail.saves');
const shared = globalThis as unknown as {[SAVES]?: Set<string>};
shared[SAVES] ??= new Set();
const ownSaves = shared[SAVES];

/**
 * The presence of one save in a directory: uniquely named, hidden files that tell other savers, in this process or
 * another, what is going on. Files of weights are named after their content, so that one save may be about to
 * commit to the very file that another finds unreferenced. Nobody deletes such a file therefore but in
 * {@link clearAlone}: a clearing save first marks itself and then looks for others, any other save first marks
 * itself and then looks for clearing ones and waits for them, so that at least one of the two sees the other.
 */
export class SaveMarks {
  private readonly id = `${HOST}-${process.pid}-${threadId}-${randomBytes(6).toString('hex')}`;

  constructor(private readonly directory: string) {}

  /** Where this save writes what will be renamed. */
  path(kind: Kind): string {
    return join(this.directory, `.tfjs-longtail-${this.id}.${kind}`);
  }

  /** Announces the save, removes what dead processes left, and waits until nobody is clearing. */
  async begin(): Promise<void> {
    ownSaves.add(this.id);
    await fs.writeFile(this.path('saving'), '');
    for (;;) {
      const others = await this.others();
      await Promise.all(others.filter((mark) => !mark.alive).map((mark) => this.remove(mark.name)));
      if (!others.some((mark) => mark.alive && mark.kind === 'clearing')) return;
      await sleep(5);
    }
  }

  /** Runs `clear` while no other save can commit; does nothing where one is under way. */
  async clearAlone(clear: () => Promise<void>): Promise<void> {
    await fs.writeFile(this.path('clearing'), '');
    const others = await this.others();
    if (!others.some((mark) => mark.alive && mark.kind === 'saving')) await clear();
  }

  /** Takes away all that {@link path} named. */
  async end(): Promise<void> {
    for (const kind of ['clearing', 'weights', 'json', 'saving'] as const)
      await fs.rm(this.path(kind), {force: true});
    ownSaves.delete(this.id);
  }

  private async others(): Promise<Mark[]> {
    const marks: Mark[] = [];
    for (const name of await fs.readdir(this.directory)) {
      const [, owner, host, pid, thread, kind] = MARK.exec(name) ?? [];
      if (owner === undefined || owner === this.id) continue;
      const age = Date.now() - (await this.modified(name));
      const alive = age < LIFETIME_MS[kind as Kind] && isAlive(owner, host, Number(pid), Number(thread));
      marks.push({name, owner, kind: kind as Kind, alive});
    }
    return marks;
  }

  private async modified(name: string): Promise<number> {
    const stats = await fs.stat(join(this.directory, name)).catch(() => undefined);
    return stats?.mtimeMs ?? Number.NEGATIVE_INFINITY;
  }

  private async remove(name: string): Promise<void> {
    await fs.rm(join(this.directory, name), {force: true});
  }
}

function isAlive(owner: string, host: string, pid: number, thread: number): boolean {
  if (host !== HOST) return true;
  // A container that starts again often gets the id that its dead predecessor had.
  if (pid === process.pid) return thread !== threadId || ownSaves.has(owner);
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
