// What the cases of streams and events need alike: streams, events and memory that are given back at the end,
// streams that are held, and statements of how far work is.
import { expect } from 'chai';
import type { Answer, Context, ExpectationId } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { brief, originOf } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { fits } from '../memory/bytes.ts';
import { filled, type Held } from '../memory/routes.ts';

/** Larger than a few words, small enough for one message. */
export const SIZE = 4096;

/** How long a case gives an early answer to show itself, in milliseconds. */
export const MOMENT = 50;

/** The devices that cases of streams try: those that have `streams` at once, and room for what is moved. */
export const devicesWith = async (context: Context, streams = 1): Promise<Device[]> => {
  const devices = (await devicesOf(context)).filter(
    (one) => fits(one, SIZE) && (one.streams?.max ?? 0) >= streams,
  );
  if (devices.length === 0) context.nothing(`no device has ${streams} streams at once`);
  return devices;
};

/** What one case makes on one device, and gives back. */
export class Ground {
  readonly context: Context;
  readonly device: string;
  readonly #streams: string[] = [];
  readonly #events: string[] = [];
  readonly #memory: string[] = [];

  constructor(context: Context, { device }: Device) {
    this.context = context;
    this.device = device;
  }

  async stream(): Promise<string> {
    const { stream } = await this.context.given('driver.stream.create', { device: this.device });
    return this.keepStream(stream);
  }

  /** Gives back also a stream that the case made itself. */
  keepStream(stream: string): string {
    this.#streams.push(stream);
    return stream;
  }

  async event(): Promise<string> {
    const { event } = await this.context.given('driver.event.create', { device: this.device });
    return this.keepEvent(event);
  }

  /** Gives back also an event that the case made itself. */
  keepEvent(event: string): string {
    this.#events.push(event);
    return event;
  }

  /** A host event. The case signals it: one that is not signalled cannot be given back. */
  async hostEvent(): Promise<string> {
    const { event } = await this.context.given('driver.event.host.create', { device: this.device });
    this.#events.push(event);
    return event;
  }

  /** An allocation with known contents, which differ from label to label. */
  async memory(label: string, size = SIZE): Promise<Held> {
    const held = await filled(this.context, this.device, `${label} on ${this.device}`, size);
    this.keepMemory(held.allocation);
    return held;
  }

  /** Gives back also an allocation that the case made itself. */
  keepMemory(allocation: string): string {
    this.#memory.push(allocation);
    return allocation;
  }

  /** Holds a stream until the event that is given is signalled. */
  async hold(stream: string): Promise<string> {
    const event = await this.hostEvent();
    await this.context.given('driver.stream.waitEvent', { stream, event });
    return event;
  }

  async signal(event: string): Promise<void> {
    await this.context.given('driver.event.host.signal', { event });
  }

  /** Puts a copy of all bytes into a stream. */
  async copy(stream: string, from: Held, to: Held): Promise<void> {
    await this.context.given('driver.stream.copy', {
      stream,
      source: { allocation: from.allocation, offsetBytes: '0' },
      destination: { allocation: to.allocation, offsetBytes: '0' },
      lengthBytes: String(from.bytes.length),
    });
  }

  async record(event: string, stream: string): Promise<void> {
    await this.context.given('driver.event.record', { event, stream });
  }

  /** A stream that has worked already: what it does at its first command is behind it. */
  async warmStream(): Promise<string> {
    const stream = await this.stream();
    await this.copy(stream, await this.memory('warm from'), await this.memory('warm to'));
    await this.finish(stream);
    return stream;
  }

  /** Waits for a stream; that it completes is ground for what is looked at next. */
  async finish(stream: string): Promise<void> {
    const { state } = await this.context.given('driver.stream.synchronize', { stream });
    this.context.premise('finished', { expected: 'complete', observed: state }, () =>
      expect(state).to.equal('complete'),
    );
  }

  /** Gives all back, once the streams have nothing left to do. */
  async leave(): Promise<void> {
    const { context } = this;
    for (const stream of this.#streams) await context.given('driver.stream.destroy', { stream });
    for (const event of this.#events) await context.given('driver.event.destroy', { event });
    for (const allocation of this.#memory) {
      await context.given('driver.memory.free', { allocation });
    }
  }
}

/** The methods that answer with a state. */
type Asking =
  | 'driver.stream.query'
  | 'driver.stream.synchronize'
  | 'driver.event.query'
  | 'driver.event.synchronize';

/** States that an answer is one of these states. */
export const expectState = (
  context: Context,
  expectation: ExpectationId,
  answer: Answer,
  states: readonly string[],
  what: string,
): void => {
  const state =
    answer.kind === 'result' ? (answer.result as { state: string }).state : brief(answer);
  context.expectation(
    expectation,
    {
      expected: `${what}: ${states.join(' or ')}`,
      observed: `${what}: ${state}`,
      origin: originOf(answer),
    },
    () => expect(states).to.include(state),
  );
};

/** Asks how far work is, and states that it is so far. */
export const isState = async (
  context: Context,
  expectation: ExpectationId,
  method: Asking,
  params: object,
  ...states: string[]
): Promise<void> => {
  const answer = await context.attempt(expectation, method, params);
  expectState(context, expectation, answer, states, method);
};

/** A call that is open while the case makes others. */
export interface Begun {
  readonly answer: Promise<Answer>;
  answered(): boolean;
}

/** Keeps an eye on a call that is not awaited yet. */
export const begun = (call: Promise<Answer>): Begun => {
  let answered = false;
  const answer = call.then((value) => {
    answered = true;
    return value;
  });
  // A case that ends before hears of it no more.
  answer.catch(() => {});
  return { answer, answered: () => answered };
};

/** States that an open call is not answered yet, after it was given a moment. */
export const staysOpen = async (
  context: Context,
  expectation: ExpectationId,
  call: Begun,
  what: string,
): Promise<void> => {
  await context.pause(MOMENT);
  context.expectation(
    expectation,
    {
      expected: `${what}: no answer yet`,
      observed: `${what}: ${call.answered() ? brief(await call.answer) : 'no answer yet'}`,
    },
    () => expect(call.answered()).to.equal(false),
  );
};
