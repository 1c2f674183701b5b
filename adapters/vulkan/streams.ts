// The streams of a session, and the graphs that are captured from them. A graph is what Vulkan has command
// buffers for: recorded once, and submitted again and again.
import { bytesOf, lengthOf } from '../kit/data.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import { pollWhilePending } from '../kit/waiting.ts';
import type { OpenDevice } from './device.ts';
import type { Devices } from './devices.ts';
import type { Memory } from './memory.ts';
import type { Recorder, Recording } from './recording.ts';
import { admitTogether } from './rules.ts';
import { Stream } from './stream.ts';
import { stateOf } from './timeline.ts';

interface Graph {
  readonly on: OpenDevice;
  readonly recording: Recording;
}

/** The streams of one session. */
export class Streams {
  readonly #devices: Devices;
  readonly #memory: Memory;
  readonly #streams = new HandleTable<Stream>('stream');
  readonly #graphs = new HandleTable<Graph>('graph');

  constructor(devices: Devices, memory: Memory) {
    this.#devices = devices;
    this.#memory = memory;
  }

  readonly handlers: Handlers = {
    'driver.stream.create': ({ device }) => ({
      stream: this.#streams.add(new Stream(this.#devices.named(device))),
    }),
    'driver.stream.destroy': ({ stream }) => {
      this.#streams.remove(stream).end();
      return {};
    },
    'driver.stream.query': ({ stream }) => ({ state: stateOf(this.find(stream).last) }),
    // Asked again and again: vkWaitSemaphores would keep the session's other requests waiting.
    'driver.stream.synchronize': async ({ stream, timeoutMilliseconds }, ended) => {
      const { last } = this.find(stream);
      return { state: await pollWhilePending(() => stateOf(last), { timeoutMilliseconds, ended }) };
    },
    'driver.stream.write': ({ stream, allocation, offsetBytes, data }) => {
      const into = this.#streams.get(stream);
      const to = this.#memory.range({ allocation, offsetBytes }, lengthOf(data));
      admitTogether(into.on, to.on);
      put(into, (recorder, recording) => recorder.write(recording, to, bytesOf(data)));
      return {};
    },
    'driver.stream.copy': ({ stream, source, destination, lengthBytes }) => {
      const into = this.#streams.get(stream);
      const length = BigInt(lengthBytes);
      const { from, to } = this.#memory.ranges(source, destination, length);
      admitTogether(into.on, to.on);
      put(into, (recorder, recording) => recorder.copy(recording, from, to, length));
      return {};
    },
    'driver.stream.graph.begin': ({ stream }) => {
      const captured = this.find(stream);
      captured.captured = captured.on.recorder.begin(true);
      return {};
    },
    'driver.stream.graph.end': ({ stream }) => {
      const captured = this.#streams.get(stream);
      const { captured: recording, on } = captured;
      if (!recording) throw new Refusal('STREAM_STATE', 'adapter');
      captured.captured = undefined;
      on.recorder.end(recording);
      return { graph: this.#graphs.add({ on, recording }) };
    },
    'driver.stream.graph.launch': ({ stream, graph }) => {
      const into = this.#streams.get(stream);
      const { on, recording } = this.#graphs.get(graph);
      notCaptured(into);
      admitTogether(into.on, on);
      into.carryOut(recording);
      return {};
    },
    'driver.stream.graph.destroy': ({ graph }) => {
      this.#graphs.remove(graph).recording.kept.letGo();
      return {};
    },
  };

  /** The stream of a handle that is not captured, or a refusal. */
  find(stream: string): Stream {
    return notCaptured(this.#streams.get(stream));
  }

  /** The same, captured or not: where another handle has to be looked up first. */
  get(stream: string): Stream {
    return this.#streams.get(stream);
  }

  release(): void {
    for (const stream of this.#streams.drain()) stream.end();
    for (const { recording } of this.#graphs.drain()) recording.kept.letGo();
  }
}

/** Capturing is the adapter's own: Vulkan records into command buffers, and knows no stream. */
export const notCaptured = (stream: Stream): Stream => {
  if (stream.captured) throw new Refusal('STREAM_STATE', 'adapter');
  return stream;
};

/** Records commands into a stream that is captured; puts them into one that is not. */
export const put = (
  stream: Stream,
  record: (recorder: Recorder, recording: Recording) => void,
): void => {
  const { recorder, submissions } = stream.on;
  if (stream.captured) {
    record(recorder, stream.captured);
    return;
  }
  submissions.tidy();
  const recording = recorder.begin(false);
  try {
    record(recorder, recording);
    recorder.end(recording);
    stream.carryOut(recording);
  } finally {
    recording.kept.letGo();
  }
};
