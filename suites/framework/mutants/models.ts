// Known-bad engines: what models say, how they end, and which outputs a run answers (FRM-MOD-001 to -008).
import type { Defect, Mutant } from '../../../core/mutant.ts';
import { admitRefused, answersItself, hasNoRoomFor, noRoom } from '../../defects.ts';
import {
  admitsOf,
  elements,
  hasNoRoomForModels,
  LOAD,
  lastBitOf,
  outputs,
  RUN,
  says,
  tensors,
  UNLOAD,
  worksNoMoreOnceRefused,
} from './defects.ts';

type Data = Record<string, unknown>;
const because =
  (...reasons: string[]) =>
  ({ reason }: Data): boolean =>
    reasons.includes(String(reason));

const isOpen = (length: number | string): boolean => typeof length === 'string';

const descriptionMutants: readonly Mutant[] = [
  {
    id: 'FRM-MOD-001/refuses',
    title: 'refuses a model with more than one input',
    requirement: 'FRM-MOD-001',
    breaks: 'FRM-MOD-001/load',
    defect: hasNoRoomForModels(({ inputs }) => inputs.length > 1),
  },
  {
    id: 'FRM-MOD-001/other-order',
    title: 'lists the inputs in the order of the alphabet',
    requirement: 'FRM-MOD-001',
    breaks: 'FRM-MOD-001/inputs',
    defect: says(({ inputs }) =>
      inputs.sort((one: { name: string }, other: { name: string }) =>
        one.name < other.name ? -1 : 1,
      ),
    ),
  },
  {
    id: 'FRM-MOD-001/initializer',
    title: 'lists an input that the model itself gives',
    requirement: 'FRM-MOD-001',
    breaks: 'FRM-MOD-001/inputs',
    defect: says(({ inputs }) => {
      if (inputs.length > 1) inputs.splice(1, 0, { name: 'w', type: 'float32', shape: [3] });
    }),
  },
  {
    id: 'FRM-MOD-001/weights',
    title: 'lists what the model itself gives, and no input is called by',
    requirement: 'FRM-MOD-001',
    breaks: 'FRM-MOD-001/inputs',
    defect: says(({ inputs }) => {
      if (inputs.length > 1) inputs.push({ name: 'v', type: 'int64', shape: [4] });
    }),
  },
  {
    id: 'FRM-MOD-001/nameless',
    title: 'says 0 for a dimension that is open and has no name',
    requirement: 'FRM-MOD-001',
    breaks: 'FRM-MOD-001/inputs',
    defect: says(({ inputs }) => {
      for (const one of inputs) if (one.name === 'a') one.shape = [2, 0, 4];
    }),
  },
  {
    id: 'FRM-MOD-001/ones',
    title: 'says 1 for each dimension that is open',
    requirement: 'FRM-MOD-001',
    breaks: 'FRM-MOD-001/inputs',
    defect: says(({ inputs }) => {
      for (const one of inputs) one.shape = one.shape.map(Math.abs);
    }),
  },
  {
    id: 'FRM-MOD-001/all-floats',
    title: 'says that every output is of floats',
    requirement: 'FRM-MOD-001',
    breaks: 'FRM-MOD-001/outputs',
    defect: says((result) => {
      for (const one of result.outputs) one.type = 'float32';
    }),
  },
  {
    id: 'FRM-MOD-001/scalar',
    title: 'says that a scalar has a dimension',
    requirement: 'FRM-MOD-001',
    breaks: 'FRM-MOD-001/outputs',
    defect: says((result) => {
      for (const one of result.outputs) if (one.shape.length === 0) one.shape = [1];
    }),
  },
];

const ANY_MODEL = { model: 'model_anything-0', inputs: [], outputs: [] };

/** 2 ** 32 + 1, as a model's file has it. */
const TOO_MANY_FOR_32_BITS = Buffer.from([0x81, 0x80, 0x80, 0x80, 0x10]);

const refusalMutants: readonly Mutant[] = [
  {
    id: 'FRM-MOD-002/admits',
    title: 'loads what is no model',
    requirement: 'FRM-MOD-002',
    breaks: 'FRM-MOD-002/refused',
    defect: () => () => admitRefused(because('MODEL'), ANY_MODEL),
  },
  {
    id: 'FRM-MOD-002/begins',
    title: 'loads what a model begins with, as long as it says no more than its format',
    requirement: 'FRM-MOD-002',
    breaks: 'FRM-MOD-002/refused',
    defect: () => () =>
      admitRefused(
        (data, request) => because('MODEL')(data) && String(request?.params?.base64).length === 4,
        ANY_MODEL,
      ),
  },
  {
    id: 'FRM-MOD-002/waits-for-itself',
    title: 'loads a model with a node that takes what it gives',
    requirement: 'FRM-MOD-002',
    breaks: 'FRM-MOD-002/refused',
    defect: admitsOf(
      LOAD,
      ({ nodes }) => nodes.some((one) => one.outputs.some((name) => one.inputs.includes(name))),
      ANY_MODEL,
    ),
  },
  {
    id: 'FRM-MOD-002/gives-nothing',
    title: 'loads a model with an output that nothing gives',
    requirement: 'FRM-MOD-002',
    breaks: 'FRM-MOD-002/refused',
    defect: admitsOf(
      LOAD,
      ({ nodes, outputs: all }) =>
        all.some(({ name }) => !nodes.some((one) => one.outputs.includes(name))),
      ANY_MODEL,
    ),
  },
  {
    id: 'FRM-MOD-002/no-revision',
    title: 'loads a model of revision 0 of the operators',
    requirement: 'FRM-MOD-002',
    breaks: 'FRM-MOD-002/refused',
    defect: admitsOf(LOAD, ({ operatorSets }) => operatorSets[''] === 0, ANY_MODEL),
  },
  {
    id: 'FRM-MOD-002/ends',
    title: 'computes no more once it has refused a model',
    requirement: 'FRM-MOD-002',
    breaks: 'FRM-MOD-002/serving',
    defect: worksNoMoreOnceRefused(),
  },
  {
    id: 'FRM-MOD-008/admits',
    title: 'loads a model that has not the weights that it declares',
    requirement: 'FRM-MOD-008',
    breaks: 'FRM-MOD-008/refused',
    defect: () => () => admitRefused(because('MODEL'), ANY_MODEL),
  },
  {
    id: 'FRM-MOD-008/counts-in-32-bits',
    title: 'counts the elements of a weight in 32 bits',
    requirement: 'FRM-MOD-008',
    breaks: 'FRM-MOD-008/refused',
    defect: () => () =>
      admitRefused(
        (_, request) =>
          Buffer.from(String(request?.params?.base64), 'base64').includes(TOO_MANY_FOR_32_BITS),
        ANY_MODEL,
      ),
  },
  {
    id: 'FRM-MOD-008/ends',
    title: 'computes no more once it has refused a model',
    requirement: 'FRM-MOD-008',
    breaks: 'FRM-MOD-008/serving',
    defect: worksNoMoreOnceRefused(),
  },
  {
    id: 'FRM-MOD-008/member',
    title: 'has its values in a table in which what is called __proto__ cannot be found again',
    requirement: 'FRM-MOD-008',
    breaks: 'FRM-MOD-008/strange',
    defect: outputs((all) => all.filter(({ name }) => name !== '__proto__')),
  },
  {
    id: 'FRM-MOD-008/cut',
    title: 'leaves off what is behind the thousandth node',
    requirement: 'FRM-MOD-008',
    breaks: 'FRM-MOD-008/strange',
    defect: () => {
      const deep = new Set<unknown>();
      return (): Defect => ({
        reply: (message, request, link) => {
          if (request?.method === LOAD && String(request.params.base64).length > 20_000) {
            deep.add(message.result?.model);
          }
          if (request?.method === RUN && deep.has(request.params.model) && message.result) {
            for (const one of message.result.outputs) one.value.base64 = 'A'.repeat(32);
          }
          link.toSession(message);
        },
      });
    },
  },
];

const sameMutants: readonly Mutant[] = [
  {
    id: 'FRM-MOD-004/last-bit',
    title: 'differs in the last bit of one element, in every seventh run',
    requirement: 'FRM-MOD-004',
    breaks: 'FRM-MOD-004/same',
    defect: lastBitOf(7),
  },
  {
    id: 'FRM-MOD-005/refuses-open',
    title: 'has no room for a model whose batch is open',
    requirement: 'FRM-MOD-005',
    breaks: 'FRM-MOD-005/load',
    defect: hasNoRoomForModels(({ inputs }) => inputs.some(({ shape }) => shape.some(isOpen))),
  },
  {
    id: 'FRM-MOD-005/most',
    title: 'answers no more than sixteen rows',
    requirement: 'FRM-MOD-005',
    breaks: 'FRM-MOD-005/shape',
    defect: tensors((one) =>
      (one.shape[0] ?? 0) > 16
        ? { ...one, shape: [16, ...one.shape.slice(1)], values: one.values.slice(0, 80) }
        : one,
    ),
  },
  {
    id: 'FRM-MOD-005/neighbour',
    title: 'gives the last row of a batch what its neighbour has',
    requirement: 'FRM-MOD-005',
    breaks: 'FRM-MOD-005/rows',
    defect: elements((value, index, all) =>
      all.length > 5 && index >= all.length - 5 ? (all[index - 5] ?? value) : value,
    ),
  },
];

/** Answers in the place of the endpoint whatever bears a handle that it has not. */
const saysYes = (): Defect =>
  admitRefused(because('HANDLE_INVALID'), {
    outputs: [{ name: 'y', value: { type: 'float32', shape: [0], base64: '' } }],
  });

const handleMutants: readonly Mutant[] = [
  {
    id: 'FRM-MOD-006/keeps',
    title: 'has no way to unload a model',
    requirement: 'FRM-MOD-006',
    breaks: 'FRM-MOD-006/unload',
    defect: () => hasNoRoomFor(UNLOAD),
  },
  {
    id: 'FRM-MOD-006/unloads-nothing',
    title: 'says that a model is unloaded, and keeps it',
    requirement: 'FRM-MOD-006',
    breaks: 'FRM-MOD-006/use',
    defect: () => () => answersItself(UNLOAD, {}),
  },
  {
    id: 'FRM-MOD-006/again',
    title: 'gives the handle of an unloaded model to the next',
    requirement: 'FRM-MOD-006',
    breaks: 'FRM-MOD-006/new-handle',
    defect: () => () => {
      let free: unknown;
      return {
        reply: (message, request, link) => {
          if (request?.method === UNLOAD && message.result) free = request.params.model;
          if (request?.method === LOAD && message.result && free !== undefined) {
            message.result.model = free;
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-MOD-006/takes-others',
    title: 'unloads all models with one',
    requirement: 'FRM-MOD-006',
    breaks: 'FRM-MOD-006/others',
    defect: () => () => {
      const handles = new Set<unknown>();
      return {
        reply: (message, request, link) => {
          if (request?.method === LOAD && message.result) handles.add(message.result.model);
          if (request?.method === UNLOAD && message.result) {
            for (const model of handles)
              if (model !== request.params.model) void link.call(UNLOAD, { model });
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-MOD-006/foreign',
    title: 'answers a session for a model that is not its own',
    requirement: 'FRM-MOD-006',
    breaks: 'FRM-MOD-006/foreign',
    defect: () => {
      let sessions = 0;
      return (): Defect => {
        sessions += 1;
        return sessions > 1 ? saysYes() : {};
      };
    },
  },
  {
    id: 'FRM-MOD-006/unloads-foreign',
    title: 'has unloaded a model once another session has tried to',
    requirement: 'FRM-MOD-006',
    breaks: 'FRM-MOD-006/others',
    defect: () => {
      const reached = new Set<unknown>();
      return (): Defect => ({
        request: (message, link) => {
          const model = message.params?.model;
          const isLost = message.method === RUN && reached.has(model);
          if (message.method === UNLOAD) reached.add(model);
          // A handle that never was: the endpoint refuses it in its own words.
          link.toEndpoint(
            isLost ? { ...message, params: { ...message.params, model: `${model}0` } } : message,
          );
        },
      });
    },
  },
  {
    id: 'FRM-MOD-006/ends-with-a-session',
    title: 'unloads the models of all sessions with one that ends',
    requirement: 'FRM-MOD-006',
    breaks: 'FRM-MOD-006/others',
    defect: () => {
      let ended = 0;
      return (): Defect => {
        /** How many sessions had ended when a model was loaded. */
        const loaded = new Map<unknown, number>();
        return {
          close: (link) => {
            ended += 1;
            link.close();
          },
          reply: (message, request, link) => {
            if (request?.method === LOAD && message.result) {
              loaded.set(message.result.model, ended);
            }
            const before = request?.method === RUN ? loaded.get(request.params.model) : undefined;
            link.toSession(before !== undefined && before < ended ? noRoom(message.id) : message);
          },
        };
      };
    },
  },
  {
    id: 'FRM-MOD-006/differentiates',
    title: 'differentiates a model that it has not',
    requirement: 'FRM-MOD-006',
    breaks: 'FRM-MOD-006/gradient',
    defect: () => () =>
      admitRefused(
        (data, request) =>
          request?.method === 'framework.model.gradient' && because('HANDLE_INVALID')(data),
        { gradients: [] },
      ),
  },
  {
    id: 'FRM-MOD-006/foreign-ends',
    title: 'works no more once another session has reached for a model',
    requirement: 'FRM-MOD-006',
    breaks: 'FRM-MOD-006/serving',
    defect: () => {
      let reached = false;
      return (): Defect => {
        let loaded = false;
        return {
          reply: (message, request, link) => {
            const isOurs = request?.method?.startsWith('framework.') === true;
            link.toSession(reached && isOurs && message.result ? noRoom(message.id) : message);
            loaded ||= request?.method === LOAD;
            reached ||= isOurs && !loaded && message.error !== undefined;
          },
        };
      };
    },
  },
];

const outputMutants: readonly Mutant[] = [
  {
    id: 'FRM-MOD-007/all-or-nothing',
    title: 'runs for all outputs alone',
    requirement: 'FRM-MOD-007',
    breaks: 'FRM-MOD-007/run',
    defect: () => hasNoRoomFor(RUN, ({ params }) => params.outputs.length === 1),
  },
  {
    id: 'FRM-MOD-007/own-order',
    title: "answers in the model's order",
    requirement: 'FRM-MOD-007',
    breaks: 'FRM-MOD-007/names',
    defect: outputs((all) => all.toSorted((one, other) => (one.name < other.name ? -1 : 1))),
  },
  {
    id: 'FRM-MOD-007/changed-places',
    title: 'answers two outputs under the name of the other',
    requirement: 'FRM-MOD-007',
    breaks: 'FRM-MOD-007/values',
    defect: outputs((all) =>
      all.map(({ name }, index) => ({
        name,
        value: (all[all.length - 1 - index] ?? all[0])?.value ?? {
          type: 'bool',
          shape: [],
          base64: 'AA==',
        },
      })),
    ),
  },
  {
    id: 'FRM-MOD-007/by-position',
    title: 'takes inputs by their position',
    requirement: 'FRM-MOD-007',
    breaks: 'FRM-MOD-007/values',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method === RUN) {
          const names = message.params.inputs.map(({ name }: { name: string }) => name).sort();
          message.params.inputs.forEach((one: { name: string }, index: number) => {
            one.name = names[index] ?? one.name;
          });
        }
        link.toEndpoint(message);
      },
    }),
  },
  {
    id: 'FRM-MOD-007/without',
    title: 'runs without an input',
    requirement: 'FRM-MOD-007',
    breaks: 'FRM-MOD-007/missing',
    defect: () => () => admitRefused(because('INPUTS'), { outputs: [] }),
  },
  {
    id: 'FRM-MOD-007/counts',
    title: 'runs with as many inputs as there should be, whatever their names',
    requirement: 'FRM-MOD-007',
    breaks: 'FRM-MOD-007/missing',
    defect: () => () =>
      admitRefused(
        (data, request) => because('INPUTS')(data) && request?.params.inputs?.length === 2,
        { outputs: [] },
      ),
  },
  {
    id: 'FRM-MOD-007/leaves-out',
    title: 'leaves out an output that the model does not have',
    requirement: 'FRM-MOD-007',
    breaks: 'FRM-MOD-007/unknown',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method === RUN) {
          const { outputs: asked } = message.params;
          message.params.outputs = asked.filter((name: string) => name !== 'triple');
        }
        link.toEndpoint(message);
      },
    }),
  },
  {
    id: 'FRM-MOD-007/ends',
    title: 'computes no more once it has refused a run',
    requirement: 'FRM-MOD-007',
    breaks: 'FRM-MOD-007/serving',
    defect: worksNoMoreOnceRefused(),
  },
];

export const modelMutants: readonly Mutant[] = [
  ...descriptionMutants,
  ...refusalMutants,
  ...sameMutants,
  ...handleMutants,
  ...outputMutants,
];
