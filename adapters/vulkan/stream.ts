// A stream: submissions to the device's queue, each of which waits for the one before it, and for the events
// that the client names, and signals the next value of the stream's timeline semaphore.
//
// What waits for something that is not handed over yet - a host event that is not signalled, or a stream that
// waits for one - is kept back here, and handed over in its turn. Vulkan admits to submit it at once (a wait
// before its signal), but a semaphore wait holds up every command that is submitted later to the same queue,
// not only those of its batch: another stream's, and those of driver.memory, which may wait for no stream.
// Each stream would need a queue to itself, and driver.memory one more; a family has as many as it has, and
// many devices have one family with one queue. So how long work is held is the adapter's doing
// (driver.stream.waitEvent is declared emulated), and any number of streams go on beside each other; the order
// of what is handed over is the driver's, by the semaphores. As nothing in the queue waits for a client, the
// queue always becomes idle, and what is kept back when a session ends is dropped.
import { NativeError } from '../kit/native.ts';
import type { OpenDevice } from './device.ts';
import type { Recording } from './recording.ts';
import { comesByItself, type Holding, letGoOf, type Work, waitsInVain } from './submissions.ts';
import type { Point, Timeline } from './timeline.ts';

/** One stream. What was put there is carried out also when its handle is gone. */
export class Stream implements Holding {
  readonly on: OpenDevice;
  /** What is recorded while it is captured. */
  captured: Recording | undefined;
  readonly #timeline: Timeline;
  readonly #keptBack: Work[] = [];
  /** The value of the command that was put here last. */
  #put = 0n;

  constructor(on: OpenDevice) {
    this.on = on;
    this.#timeline = on.newTimeline();
  }

  /** Is reached when all that was put here so far is done. */
  get last(): Point {
    return { timeline: this.#timeline, value: this.#put };
  }

  /** Puts commands here. */
  carryOut({ commands, kept }: Recording): void {
    this.#add({ commands: [commands], waits: [], uses: [kept.keep()] });
  }

  /** What is put here later comes after the point. */
  waitFor(point: Point): void {
    this.#add({ commands: [], waits: [point], uses: [point.timeline.kept.keep()] });
  }

  advance(): boolean {
    const [first] = this.#keptBack;
    if (!first) return false;
    if (waitsInVain(first)) {
      this.giveUp();
      return true;
    }
    if (!comesByItself(first)) return false;
    try {
      this.#handOver(first);
      this.#keptBack.shift();
      if (this.#keptBack.length === 0) this.on.submissions.holding.delete(this);
    } catch (error) {
      // Who put it there was answered long ago: the state says it to who asks.
      if (!(error instanceof NativeError)) throw error;
      this.giveUp();
    }
    return true;
  }

  giveUp(): void {
    this.#timeline.break();
    this.on.submissions.holding.delete(this);
    for (const work of this.#keptBack.splice(0)) letGoOf(work);
  }

  /** The handle is gone. */
  end(): void {
    this.captured?.kept.letGo();
    this.#timeline.kept.letGo();
  }

  #add({ uses, ...rest }: Work): void {
    const work: Work = { ...rest, uses: [...uses, this.#timeline.kept.keep()] };
    try {
      this.on.submissions.tidy();
      this.#take(work);
    } catch (error) {
      letGoOf(work);
      throw error;
    }
    this.#put += 1n;
  }

  #take(work: Work): void {
    if (waitsInVain(work)) this.giveUp();
    if (this.#timeline.isLost(this.#put + 1n)) letGoOf(work);
    else if (this.#keptBack.length === 0 && comesByItself(work)) this.#handOver(work);
    else {
      this.#keptBack.push(work);
      this.on.submissions.holding.add(this);
    }
  }

  #handOver(work: Work): void {
    const timeline = this.#timeline;
    const before = timeline.given;
    const done = { timeline, value: before + 1n };
    this.on.submissions.submit(work, { timeline, value: before }, done);
  }
}
