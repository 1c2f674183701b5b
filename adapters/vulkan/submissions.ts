// The work of all streams of a device: what its queue has, and the streams that keep some back.

import type { Kept } from './kept.ts';
import type { Handle } from './library.ts';
import type { Queue } from './queue.ts';
import { type Point, stateOf } from './timeline.ts';

/** One command of a stream. */
export interface Work {
  /** None where it only waits. */
  readonly commands: readonly Handle[];
  readonly waits: readonly Point[];
  /** What has to live until it is done. */
  readonly uses: readonly Kept[];
}

/** A stream that keeps work back. */
export interface Holding {
  /** Hands over what need not be kept back any longer; says whether anything changed. */
  advance(): boolean;
  giveUp(): void;
}

/** Whether all that it waits for comes without anybody's help. */
export const comesByItself = ({ waits }: Work): boolean =>
  waits.every(({ timeline, value }) => value <= timeline.given);

/** Whether something that it waits for never comes. */
export const waitsInVain = ({ waits }: Work): boolean =>
  waits.some(({ timeline, value }) => timeline.isLost(value));

export const letGoOf = ({ uses }: Work): void => {
  for (const used of uses) used.letGo();
};

export const submissionsOn = (queue: Queue) => {
  /** In the order in which they were handed over, which is that in which they are done. */
  const underWay: { readonly done: Point; readonly work: Work }[] = [];
  const holding = new Set<Holding>();
  return {
    holding,
    submit: (work: Work, after: Point, done: Point): void => {
      const targets = [after, ...work.waits].map(({ timeline, value }) => timeline.at(value));
      queue.submit(targets, work.commands, done.timeline.at(done.value));
      done.timeline.give(done.value);
      underWay.push({ done, work });
    },
    /** Lets go of what work that is done has used. */
    tidy: (): void => {
      for (
        let [first] = underWay;
        first && stateOf(first.done) === 'complete';
        [first] = underWay
      ) {
        underWay.shift();
        letGoOf(first.work);
      }
    },
    /** Something came that work may have been kept back for. */
    advance: (): void => {
      while ([...holding].map((one) => one.advance()).includes(true));
    },
    /** Once the device is idle. */
    release: (): void => {
      for (const one of [...holding]) one.giveUp();
      for (const { work } of underWay.splice(0)) letGoOf(work);
    },
  };
};

export type Submissions = ReturnType<typeof submissionsOn>;
