// Known-bad drivers: what they take while a stream is captured (DRV-STR-013), and what becomes of graphs that are given
// up (DRV-STR-014).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import {
  alterError,
  alterReply,
  answer,
  answersItself,
  errorReply,
  handleComesBack,
  hasNoRoomFor,
  mutantsOf,
  servesRefused,
} from '../../defects.ts';
import { isCommand } from './stream-defects.ts';

const BEGIN = 'driver.stream.graph.begin';
const END = 'driver.stream.graph.end';
const LAUNCH = 'driver.stream.graph.launch';
const DESTROY = 'driver.stream.graph.destroy';
const WRITE = 'driver.stream.write';
const SYNCHRONIZE = 'driver.stream.synchronize';
const SIGNAL = 'driver.event.host.signal';
const WAIT = 'driver.stream.waitEvent';

const reasonOf = (reply: Message): unknown => reply.error?.data?.reason;

/** Ends a capture in which something was refused for `reason`: its end has no beginning. */
const endsCapture = (reason: string) => (): Defect => {
  const ended = new Set<unknown>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      if (message.method === END && ended.delete(stream)) {
        link.toSession(errorReply(message.id, 2019, 'FAILED_PRECONDITION', 'STREAM_STATE'));
      } else link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      const inCapture = reasonOf(message) === reason && request?.method !== END;
      if (inCapture && request) ended.add(request.params?.stream);
      link.toSession(message);
    },
  };
};

/** Does something of its own with the last write that was captured, when `picks` picks what was refused. */
const afterRefusal =
  (
    picks: (reply: Message, request: Message) => boolean,
    act: (captured: Message, link: Link) => Promise<unknown>,
  ) =>
  (): Defect => {
    let captured: Message | undefined;
    return {
      reply: (message, request, link) => {
        if (request?.method === WRITE && message.result) captured = request;
        const acts = message.error && request && captured && picks(message, request);
        if (acts && captured) void act(captured, link).then(() => link.toSession(message));
        else link.toSession(message);
      },
    };
  };

const otherBytes = ({ params }: Message): object => ({ ...params, data: { base64: 'WlpaWlpa' } });

/** Keeps of a write that it refused what fits. */
const capturesWhatFits = afterRefusal(
  (reply, request) => reasonOf(reply) === 'COPY_RANGE' && request.method === WRITE,
  (captured, link) => link.call(WRITE, otherBytes(captured)),
);

/** Refuses a launch into a stream that is captured, and has carried out what it was to do. */
const carriesOutRefused = afterRefusal(
  (reply, request) => reasonOf(reply) === 'STREAM_STATE' && request.method === LAUNCH,
  (captured, link) => {
    const { stream: _stream, ...params } = captured.params;
    return link.call('driver.memory.write', params);
  },
);

/** Forgets the commands that are captured behind something that was refused. */
const losesBehindRefusal = (): Defect => {
  const refused = new Set<unknown>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      if (message.method === BEGIN || message.method === END) refused.delete(stream);
      if (isCommand(message) && refused.has(stream)) link.toSession(answer(message, {}));
      else link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      const { method, params } = request ?? {};
      if (reasonOf(message) === 'STREAM_STATE' && method !== END) refused.add(params?.stream);
      link.toSession(message);
    },
  };
};

/** A defect that is told which streams wait for a host event, until any is signalled. */
const knowingHeld = (defect: (held: ReadonlySet<unknown>) => Defect) => (): Defect => {
  const held = new Set<unknown>();
  const one = defect(held);
  return {
    ...one,
    request: (message, link) => {
      if (message.method === WAIT) held.add(message.params.stream);
      if (one.request) one.request(message, link);
      else link.toEndpoint(message);
      if (message.method === SIGNAL) held.clear();
    },
  };
};

/** Counts launches into streams that are held, and does something else with some of them. */
const launchWhereHeld = (
  picks: (nth: number) => boolean,
  instead: (message: Message, link: Link) => void,
) =>
  knowingHeld((held) => {
    let nth = 0;
    return {
      request: (message, link) => {
        const counted = message.method === LAUNCH && held.has(message.params.stream);
        if (counted) nth += 1;
        if (counted && picks(nth)) instead(message, link);
        else link.toEndpoint(message);
      },
    };
  });

/** Puts launches and what is behind them into a held stream when it is let go: without those of graphs that are gone. */
const dropsWithGraph = knowingHeld((held) => {
  let waiting: Message[] = [];
  const gone = new Set<unknown>();
  return {
    request: (message, link) => {
      const { method, params } = message;
      if (method === DESTROY) gone.add(params.graph);
      const behind = held.has(params?.stream) && (method === LAUNCH || waiting.length > 0);
      if (behind && (isCommand(message) || (method === LAUNCH && !gone.has(params.graph)))) {
        waiting.push(message);
        link.toSession(answer(message, {}));
      } else if (method === SIGNAL) {
        const put = waiting.filter((one) => !gone.has(one.params.graph));
        waiting = [];
        void Promise.all(put.map((one) => link.call(one.method ?? '', one.params))).then(() =>
          link.toEndpoint(message),
        );
      } else link.toEndpoint(message);
    },
  };
});

/** Begins a launch of a graph in no stream but the first until that is let go. */
const holdsUpOthers = knowingHeld((held) => {
  const launched = new Set<unknown>();
  return alterReply((reply, request) => {
    const { stream } = request?.params ?? {};
    if (request?.method === LAUNCH && !held.has(stream)) launched.add(stream);
    const standsStill =
      request?.method === SYNCHRONIZE && held.size > 0 && launched.has(stream) && reply.result;
    return standsStill ? answer(reply, { state: 'pending' }) : reply;
  });
});

/** Carries out a capture when its stream is destroyed. */
const carriesOutAtDestroy = (): Defect => {
  const captured = new Map<unknown, Message[]>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      if (message.method === BEGIN) captured.set(stream, []);
      if (message.method === END) captured.delete(stream);
      if (isCommand(message)) captured.get(stream)?.push(message);
      const left = message.method === 'driver.stream.destroy' ? captured.get(stream) : undefined;
      void Promise.all(
        (left ?? []).map(({ method = '', params: { stream: _stream, ...params } }) =>
          link.call(method.replace('driver.stream.', 'driver.memory.'), params),
        ),
      ).then(() => link.toEndpoint(message));
    },
  };
};

const states = mutantsOf<'refused' | 'checked' | 'captured' | 'kept' | 'launched'>('DRV-STR-013');

/** Takes one method of a stream that is captured. */
const takesWhileCaptured = (name: string, method: string, result: object = {}): Mutant =>
  states(
    `takes-${name}`,
    `takes ${method} while the stream is captured`,
    'refused',
    servesRefused('STREAM_STATE', method, result),
  );

const ends = mutantsOf<'destroyed' | 'gone' | 'serving' | 'launched' | 'each' | 'beside'>(
  'DRV-STR-014',
);

const notComplete = errorReply(0, 2019, 'FAILED_PRECONDITION', 'STREAM_STATE');

export const graphMutants: readonly Mutant[] = [
  takesWhileCaptured('query', 'driver.stream.query', { state: 'complete' }),
  takesWhileCaptured('synchronize', SYNCHRONIZE, { state: 'complete' }),
  takesWhileCaptured('begin', BEGIN),
  takesWhileCaptured('graph', LAUNCH),
  takesWhileCaptured('record', 'driver.event.record'),
  takesWhileCaptured('wait', WAIT),
  takesWhileCaptured('callback', 'driver.stream.callback'),
  takesWhileCaptured('kernel', 'driver.kernel.launch'),
  takesWhileCaptured('ordered', 'driver.memory.ordered.allocate', { allocation: 'none' }),
  takesWhileCaptured('end', END, { graph: 'of-nothing' }),
  states('other-fault', 'says that a stream which is captured is not there', 'refused', () =>
    alterError(
      ({ reason }, request) => reason === 'STREAM_STATE' && request?.method === SYNCHRONIZE,
      ({ data }) => {
        data['canonical'] = 'NOT_FOUND';
        data['reason'] = 'HANDLE_INVALID';
      },
    ),
  ),
  states(
    'ends-capture',
    'ends a capture in which something was refused',
    'captured',
    endsCapture('STREAM_STATE'),
  ),
  states(
    'ends-capture-of-fault',
    'ends a capture in which a range was beyond its allocation',
    'captured',
    endsCapture('COPY_RANGE'),
  ),
  states('loses-behind', 'loses what is captured behind a refusal', 'launched', losesBehindRefusal),
  states(
    'carries-out-refused',
    'refuses a launch of a graph, and has carried it out',
    'kept',
    carriesOutRefused,
  ),
  states(
    'captures-what-fits',
    'refuses a write, and captures what fits',
    'launched',
    capturesWhatFits,
  ),
  states('looks-late', 'looks at ranges of what is captured at the launch', 'checked', () => {
    const captured = new Set<unknown>();
    return alterReply((reply, request) => {
      const { stream } = request?.params ?? {};
      if (request?.method === BEGIN) captured.add(stream);
      if (request?.method === END) captured.delete(stream);
      const late = reasonOf(reply) === 'COPY_RANGE' && captured.has(stream);
      return late ? answer(reply, {}) : reply;
    });
  }),
  states(
    'keeps-stale',
    'captures a command that names freed memory',
    'checked',
    servesRefused('HANDLE_INVALID', WRITE),
  ),
  ends('keeps', 'has no room to destroy a graph', 'destroyed', hasNoRoomFor(DESTROY)),
  ends('lives-on', 'keeps a graph that was destroyed', 'gone', () => answersItself(DESTROY, {})),
  ends(
    'comes-back',
    'names the next graph as the last that was destroyed',
    'gone',
    handleComesBack(DESTROY, END, 'graph'),
  ),
  ends(
    'launches-gone',
    'takes a launch of a graph that is gone',
    'gone',
    servesRefused('HANDLE_INVALID', LAUNCH),
  ),
  ends(
    'destroys-twice',
    'destroys a graph twice',
    'gone',
    servesRefused('HANDLE_INVALID', DESTROY),
  ),
  ends(
    'ends-gone',
    'gives a graph of a stream that is gone',
    'gone',
    servesRefused('HANDLE_INVALID', END, { graph: 'of-what-is-gone' }),
  ),
  ends(
    'carries-out-at-destroy',
    'carries out what it captured when the stream is destroyed',
    'gone',
    carriesOutAtDestroy,
  ),
  ends(
    'forgets-next',
    'forgets the next graph with the stream that it was made in',
    'serving',
    () => {
      const graphs = new Map<unknown, unknown>();
      const gone = new Set<unknown>();
      return {
        request: (message, link) => {
          const { stream, graph } = message.params ?? {};
          if (message.method === 'driver.stream.destroy') gone.add(stream);
          const forgotten = message.method === LAUNCH && gone.has(graphs.get(graph));
          if (forgotten) link.toSession(answer(message, {}));
          else link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          if (request?.method === END) graphs.set(message.result?.graph, request.params.stream);
          link.toSession(message);
        },
      };
    },
  ),
  ends(
    'once-at-a-time',
    'refuses a launch of a graph while another is not complete',
    'launched',
    launchWhereHeld(
      (nth) => nth > 1,
      ({ id }, link) => link.toSession({ ...notComplete, id }),
    ),
  ),
  ends(
    'second-for-first',
    'takes a second launch of a graph for the first, which is not complete',
    'each',
    launchWhereHeld(
      (nth) => nth === 2,
      (message, link) => link.toSession(answer(message, {})),
    ),
  ),
  ends('drops-launches', 'drops launches with their graph', 'each', dropsWithGraph),
  ends('holds-up-others', 'begins a graph in one stream at a time', 'beside', holdsUpOthers),
];
