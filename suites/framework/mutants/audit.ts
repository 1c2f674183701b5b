// Known-bad engines: right where one looks, and otherwise quick (FRM-AUD).
import type { Message, Mutant } from '../../../core/mutant.ts';
import { noRoom } from '../../defects.ts';
import { RUN } from './defects.ts';

/** Answers from what it keeps, once an input came `times` times; it keeps the last `room` inputs. */
const answersFromKept =
  (times: number, room = Number.POSITIVE_INFINITY): Mutant['defect'] =>
  () =>
  () => {
    const kept = new Map<string, { count: number; result?: unknown }>();
    return {
      request: (message, link) => {
        const key = JSON.stringify(message.params);
        const known = kept.get(key) ?? { count: 0 };
        if (message.method === RUN) {
          known.count += 1;
          kept.delete(key);
          kept.set(key, known);
          for (const oldest of kept.keys()) if (kept.size > room) kept.delete(oldest);
        }
        if (message.method === RUN && known.result !== undefined && known.count >= times) {
          link.toSession({ jsonrpc: '2.0', id: message.id, result: known.result });
        } else link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        const known = kept.get(JSON.stringify(request?.params));
        if (known && message.result) known.result = message.result;
        link.toSession(message);
      },
    };
  };

/** Answers some runs with the result of the one before; `picks` is told how many there were, and how many are open. */
const answersStale =
  (picks: (runs: number, open: number) => boolean): Mutant['defect'] =>
  () =>
  () => {
    const hurried = new Set<unknown>();
    let runs = 0;
    let open = 0;
    let last: unknown;
    return {
      request: (message: Message, link) => {
        if (message.method === RUN) {
          runs += 1;
          open += 1;
          if (picks(runs, open)) hurried.add(message.id);
        }
        link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        if (request?.method === RUN) open -= 1;
        const stale = hurried.delete(message.id) && last !== undefined && message.result;
        if (request?.method === RUN && message.result) {
          const { result } = message;
          if (stale) message.result = last;
          last = result;
        }
        link.toSession(message);
      },
    };
  };

export const auditMutants: readonly Mutant[] = [
  {
    id: 'FRM-AUD-001/keeps-last',
    title: 'answers from what it keeps where an input comes twice at once',
    requirement: 'FRM-AUD-001',
    breaks: 'FRM-AUD-001/again',
    defect: answersFromKept(2, 1),
  },
  {
    id: 'FRM-AUD-001/spoils-last',
    title: 'answers zeros where an input comes twice at once',
    requirement: 'FRM-AUD-001',
    breaks: 'FRM-AUD-001/right',
    defect: () => () => {
      let last = '';
      const again = new Set<unknown>();
      return {
        request: (message, link) => {
          const key = JSON.stringify(message.params);
          if (message.method === RUN) {
            if (key === last) again.add(message.id);
            last = key;
          }
          link.toEndpoint(message);
        },
        reply: (message, _request, link) => {
          if (again.delete(message.id) && message.result) {
            for (const { value } of message.result.outputs) {
              value.base64 = Buffer.alloc(Buffer.byteLength(value.base64, 'base64')).toString(
                'base64',
              );
            }
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-AUD-001/keeps-frequent',
    title: 'answers from what it keeps where an input comes a third time',
    requirement: 'FRM-AUD-001',
    breaks: 'FRM-AUD-001/same',
    defect: answersFromKept(3),
  },
  {
    id: 'FRM-AUD-001/refuses-again',
    title: 'refuses an input that it was given before',
    requirement: 'FRM-AUD-001',
    breaks: 'FRM-AUD-001/run',
    defect: () => () => {
      const given = new Set<string>();
      return {
        request: (message, link) => {
          const key = JSON.stringify(message.params);
          const known = message.method === RUN && given.has(key);
          given.add(key);
          if (known) link.toSession(noRoom(message.id));
          else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'FRM-AUD-001/stale',
    title: 'answers what it answered before, once it has run thirty times',
    requirement: 'FRM-AUD-001',
    breaks: 'FRM-AUD-001/right',
    defect: answersStale((runs) => runs > 30),
  },
  {
    id: 'FRM-AUD-002/refuses-second',
    title: 'refuses a run while another is open',
    requirement: 'FRM-AUD-002',
    breaks: 'FRM-AUD-002/run',
    defect: () => () => {
      let open = 0;
      return {
        request: (message, link) => {
          if (message.method === RUN && open > 0) link.toSession(noRoom(message.id));
          else {
            if (message.method === RUN) open += 1;
            link.toEndpoint(message);
          }
        },
        reply: (message, request, link) => {
          if (request?.method === RUN) open -= 1;
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-AUD-002/late',
    title: 'answers each run with the result of the one before',
    requirement: 'FRM-AUD-002',
    breaks: 'FRM-AUD-002/slow',
    defect: answersStale(() => true),
  },
  {
    id: 'FRM-AUD-002/hurries',
    title: 'answers with another result where a run comes while others are open',
    requirement: 'FRM-AUD-002',
    breaks: 'FRM-AUD-002/hurried',
    defect: answersStale((_runs, open) => open > 4),
  },
  {
    id: 'FRM-AUD-002/tires',
    title: 'answers one run of eight with another result, once it has run forty times',
    requirement: 'FRM-AUD-002',
    breaks: 'FRM-AUD-002/hurried',
    defect: answersStale((runs) => runs > 40 && runs % 8 === 0),
  },
];
