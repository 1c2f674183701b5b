// Known-bad engines: what becomes of tensors that they hold, and which of them a run takes (FRM-MOD-009).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import type { ModelInput, Tensor } from '../../../schemas/generated/types.ts';
import { alterRequest, answersItself, hasNoRoomFor, seeing, servesRefused } from '../../defects.ts';
import { type PerRun, RUN } from './defects.ts';

const CREATE = 'framework.tensor.create';
const READ = 'framework.tensor.read';
const FREE = 'framework.tensor.free';

const NOTHING: Tensor = { type: 'float32', shape: [0], base64: '' };

/** A result of each method that takes a tensor. */
const RESULTS: Readonly<Record<string, unknown>> = {
  [READ]: NOTHING,
  [FREE]: {},
  [RUN]: { outputs: [] },
  'framework.model.gradient': { gradients: [] },
  'framework.training.step': { loss: NOTHING },
};

/** Says yes to the requests of one method that bear a handle which is invalid. */
const admits = (method: string): Defect =>
  servesRefused('HANDLE_INVALID', method, RESULTS[method])();

/** What a run takes by a handle made something else. */
const takes = (other: (tensor: string) => string): Defect =>
  alterRequest(RUN, (params: { inputs: ModelInput[] }) => ({
    ...params,
    inputs: params.inputs.map((one) =>
      'tensor' in one ? { ...one, tensor: other(one.tensor) } : one,
    ),
  }));

/** A defect that knows the handles which were given, the latest last. */
const knowing = (defect: (handles: string[]) => Defect): PerRun => {
  return () => () => {
    const handles: string[] = [];
    return seeing((message, request) => {
      if (request?.method === CREATE && message.result) handles.push(message.result.tensor);
    }, defect(handles));
  };
};

/** What is created made another tensor. */
const creates = (alter: (value: Tensor) => Tensor): PerRun => {
  return () => () => alterRequest(CREATE, ({ value }) => ({ value: alter(value) }));
};

/** A tensor of other bytes. */
const rewritten = ({ base64, ...form }: Tensor, alter: (bytes: Buffer) => Buffer): Tensor => ({
  ...form,
  base64: alter(Buffer.from(base64, 'base64')).toString('base64'),
});

export const tensorMutants: readonly Mutant[] = [
  {
    id: 'FRM-MOD-009/keeps',
    title: 'has no way to free a tensor',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/free',
    defect: () => hasNoRoomFor(FREE),
  },
  {
    id: 'FRM-MOD-009/frees-nothing',
    title: 'says that a tensor is freed, and keeps it',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/use',
    defect: () => () => answersItself(FREE, {}),
  },
  {
    id: 'FRM-MOD-009/runs-freed',
    title: 'runs with whatever lies where a tensor was that is freed',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/use',
    defect: () => () => admits(RUN),
  },
  {
    id: 'FRM-MOD-009/differentiates-freed',
    title: 'differentiates with whatever lies where a tensor was that is freed',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/use',
    defect: () => () => admits('framework.model.gradient'),
  },
  {
    id: 'FRM-MOD-009/trains-freed',
    title: 'takes a step with whatever lies where a tensor was that is freed',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/use',
    defect: () => () => admits('framework.training.step'),
  },
  {
    id: 'FRM-MOD-009/frees-twice',
    title: 'frees a tensor twice',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/use',
    defect: () => () => admits(FREE),
  },
  {
    id: 'FRM-MOD-009/again',
    title: 'gives the handle of a tensor that was freed to the next',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/new-handle',
    defect: () => () => {
      let free: unknown;
      return {
        reply: (message, request, link) => {
          if (request?.method === FREE && message.result) free ??= request.params.tensor;
          if (request?.method === CREATE && message.result && free !== undefined) {
            message.result.tensor = free;
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-MOD-009/latest',
    title: 'runs with the tensor that was created last, whichever it is given',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/run',
    defect: knowing((handles) => takes((tensor) => handles.at(-1) ?? tensor)),
  },
  {
    id: 'FRM-MOD-009/first-of-a-run',
    title: 'runs with the first tensor in the place of the second, where both are held',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/run',
    defect: () => () =>
      alterRequest(RUN, (params: { inputs: ModelInput[] }) => ({
        ...params,
        inputs: params.inputs.map((one) => {
          const [first] = params.inputs;
          return first && 'tensor' in first && 'tensor' in one
            ? { ...one, tensor: first.tensor }
            : one;
        }),
      })),
  },
  {
    id: 'FRM-MOD-009/into-the-gap',
    title: 'puts a tensor in the place of one that was freed, and of the one behind it',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/run',
    defect: knowing((handles) => {
      let overwritten: string | undefined;
      const placed = (tensor: string): string =>
        tensor === overwritten ? (handles.at(-1) ?? tensor) : tensor;
      const { request } = takes(placed);
      return {
        request: (message, link) => {
          if (message.method === FREE) {
            overwritten ??= handles[handles.indexOf(message.params.tensor) + 1];
          }
          if (request) request(message, link);
        },
      };
    }),
  },
  {
    id: 'FRM-MOD-009/reads-the-latest',
    title: 'reads the tensor that was created last, whichever it is asked for',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/read',
    defect: knowing((handles) =>
      alterRequest(READ, ({ tensor }) => ({
        tensor: handles.includes(tensor) ? handles.at(-1) : tensor,
      })),
    ),
  },
  {
    id: 'FRM-MOD-009/foreign',
    title: 'reads a tensor to a session that is not its own',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/foreign',
    defect: () => {
      let sessions = 0;
      return (): Defect => {
        sessions += 1;
        return sessions > 1 ? admits(READ) : {};
      };
    },
  },
  {
    id: 'FRM-MOD-009/frees-foreign',
    title: 'has freed a tensor once another session has tried to',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/read',
    defect: () => {
      const reached = new Set<unknown>();
      return (): Defect => {
        const own = new Set<unknown>();
        const isLost = ({ method, params }: Message): boolean =>
          method === READ && own.has(params?.tensor) && reached.has(params?.tensor);
        return {
          request: (message, link) => {
            if (message.method === FREE) reached.add(message.params.tensor);
            // A handle that never was: the endpoint refuses it in its own words.
            link.toEndpoint(
              isLost(message)
                ? { ...message, params: { tensor: `${message.params.tensor}0` } }
                : message,
            );
          },
          reply: (message, request, link) => {
            if (request?.method === CREATE && message.result) own.add(message.result.tensor);
            link.toSession(message);
          },
        };
      };
    },
  },
  {
    id: 'FRM-MOD-009/no-scalars',
    title: 'holds no tensor without a dimension',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/create',
    defect: () => hasNoRoomFor(CREATE, ({ params }) => params.value.shape.length === 0),
  },
  {
    id: 'FRM-MOD-009/half-a-message',
    title: 'has no room for a tensor of more than half of what a message bears',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/create',
    defect: () => hasNoRoomFor(CREATE, ({ params }) => params.value.base64.length > 43_692),
  },
  {
    id: 'FRM-MOD-009/one-dimension',
    title: 'holds what has no element in one dimension',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/read',
    defect: creates((value) => (value.base64 === '' ? { ...value, shape: [0] } : value)),
  },
  {
    id: 'FRM-MOD-009/in-binary64',
    title: 'holds whole numbers of 64 bits as floats of as many',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/read',
    defect: creates((value) =>
      value.type === 'int64'
        ? rewritten(value, (bytes) => {
            const numbers = new BigInt64Array(Uint8Array.from(bytes).buffer);
            return Buffer.from(numbers.map((one) => BigInt.asIntN(64, BigInt(Number(one)))).buffer);
          })
        : value,
    ),
  },
  {
    id: 'FRM-MOD-009/no-sign',
    title: 'loses the sign of zero',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/read',
    defect: creates((value) =>
      value.type === 'float32'
        ? rewritten(value, (bytes) => {
            const numbers = new Float32Array(Uint8Array.from(bytes).buffer);
            return Buffer.from(numbers.map((one) => one + 0).buffer);
          })
        : value,
    ),
  },
  {
    id: 'FRM-MOD-009/without-ones',
    title: 'forgets dimensions of 1',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/read',
    defect: creates(({ shape, ...one }) => ({
      ...one,
      shape: shape.filter((length) => length !== 1),
    })),
  },
  {
    id: 'FRM-MOD-009/cuts',
    title: 'keeps of too many bytes those that it needs',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/refused',
    defect: creates((value) =>
      String(value.shape) === '2,3' && value.type === 'float32'
        ? rewritten(value, (bytes) => (bytes.length > 24 ? bytes.subarray(0, 24) : bytes))
        : value,
    ),
  },
  {
    id: 'FRM-MOD-009/fills',
    title: 'adds zeros to bytes that are too few',
    requirement: 'FRM-MOD-009',
    breaks: 'FRM-MOD-009/refused',
    defect: creates((value) =>
      String(value.shape) === '2,3' && value.type === 'float32'
        ? rewritten(value, (bytes) =>
            bytes.length < 24 ? Buffer.concat([bytes, Buffer.alloc(24 - bytes.length)]) : bytes,
          )
        : value,
    ),
  },
];
