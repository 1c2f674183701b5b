// Known-bad engines: trainings whose parameters are not their own (FRM-TRN-007).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import type { Model } from '../../../core/onnx/model.ts';
import { fromMessage, type Tensor } from '../../../core/onnx/tensor.ts';
import type { Checkpoint, ModelOutput } from '../../../schemas/generated/types.ts';
import { alterRequest, answer, noRoom, seeing } from '../../defects.ts';
import { loadParams } from '../models.ts';
import { LOAD, modelIn, type PerRun, RUN } from './defects.ts';

const BEGIN = 'framework.training.begin';
const STEP = 'framework.training.step';
const CHECKPOINT = 'framework.training.checkpoint';
const RESTORE = 'framework.training.restore';

/** A defect that knows which trainings there are of which model, in the order in which they were begun. */
const knowing = (defect: (modelOf: Map<unknown, unknown>) => Defect): PerRun => {
  return () => () => {
    const modelOf = new Map<unknown, unknown>();
    return seeing((message, request) => {
      if (request?.method === BEGIN && message.result) {
        modelOf.set(message.result.training, request.params.model);
      }
    }, defect(modelOf));
  };
};

/** Answers a run with what a model comes to whose weights are those that a training of it has now. */
const runsAsTrained = async (
  message: Message,
  model: Model,
  training: unknown,
  link: Link,
): Promise<void> => {
  const { result } = await link.call(CHECKPOINT, { training });
  const trained: [string, Tensor][] = result.parameters.flatMap(({ name, value }: ModelOutput) => {
    const one = fromMessage(value);
    return one ? [[name, one]] : [];
  });
  const initializers = { ...model.initializers, ...Object.fromEntries(trained) };
  const loading = await link.call(LOAD, loadParams({ ...model, initializers }));
  const params = { ...message.params, model: loading.result.model };
  link.toSession({ ...(await link.call(RUN, params)), id: message.id });
};

/** The trainings of the model that this one is of, without it. */
const besides = (modelOf: ReadonlyMap<unknown, unknown>, training: unknown): unknown[] =>
  [...modelOf].flatMap(([other, model]) =>
    other !== training && model === modelOf.get(training) ? [other] : [],
  );

/** Begins a training with something of what another of its model has come to. */
const beginsWith = (something: (found: Checkpoint, own: Checkpoint) => Checkpoint): PerRun =>
  knowing((modelOf) => ({
    reply: async (message, request, link) => {
      const training = message.result?.training;
      const [other] = request?.method === BEGIN ? besides(modelOf, training) : [];
      if (other !== undefined) {
        const { result: found } = await link.call(CHECKPOINT, { training: other });
        const { result: own } = await link.call(CHECKPOINT, { training });
        await link.call(RESTORE, { training, ...something(found, own) });
      }
      link.toSession(message);
    },
  }));

export const ownParameterMutants: readonly Mutant[] = [
  {
    id: 'FRM-TRN-007/in-place',
    title: "trains the model's own weights",
    requirement: 'FRM-TRN-007',
    breaks: 'FRM-TRN-007/model',
    defect: () => () => {
      const models = new Map<unknown, Model>();
      const trainingOf = new Map<unknown, unknown>();
      return {
        request: (message, link) => {
          const { model: handle } = message.params ?? {};
          const model = models.get(handle);
          const training = trainingOf.get(handle);
          if (message.method === RUN && model && training) {
            void runsAsTrained(message, model, training, link);
          } else link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          const model = request && modelIn(request);
          if (model && message.result) models.set(message.result.model, model);
          if (request?.method === BEGIN && message.result) {
            trainingOf.set(request.params.model, message.result.training);
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-TRN-007/not-while-trained',
    title: 'runs no model that is being trained',
    requirement: 'FRM-TRN-007',
    breaks: 'FRM-TRN-007/model',
    defect: knowing((modelOf) => ({
      request: (message, link) => {
        const isTrained = [...modelOf.values()].includes(message.params?.model);
        if (message.method === RUN && isTrained) link.toSession(noRoom(message.id));
        else link.toEndpoint(message);
      },
    })),
  },
  {
    id: 'FRM-TRN-007/together',
    title: 'takes each step with all trainings of the model',
    requirement: 'FRM-TRN-007',
    breaks: 'FRM-TRN-007/others',
    defect: knowing((modelOf) => ({
      request: (message, link) => {
        link.toEndpoint(message);
        if (message.method !== STEP) return;
        for (const training of besides(modelOf, message.params.training)) {
          void link.call(STEP, { ...message.params, training });
        }
      },
    })),
  },
  {
    id: 'FRM-TRN-007/goes-on',
    title: 'begins a training with what another of its model has come to',
    requirement: 'FRM-TRN-007',
    breaks: 'FRM-TRN-007/others',
    defect: beginsWith((found) => found),
  },
  {
    id: 'FRM-TRN-007/one-velocity',
    title: 'begins a training with the velocities of another of its model',
    requirement: 'FRM-TRN-007',
    breaks: 'FRM-TRN-007/others',
    defect: beginsWith(({ velocities }, { parameters }) => ({ parameters, velocities })),
  },
  {
    id: 'FRM-TRN-007/all',
    title: 'trains all initializers of a model, whichever are its parameters',
    requirement: 'FRM-TRN-007',
    breaks: 'FRM-TRN-007/rest',
    defect: () => () => alterRequest(BEGIN, (params) => ({ ...params, parameters: ['w', 'b'] })),
  },
  {
    id: 'FRM-TRN-007/all-in-secret',
    title: 'trains all initializers of a model, and has its parameters alone in a checkpoint',
    requirement: 'FRM-TRN-007',
    breaks: 'FRM-TRN-007/rest',
    defect: () => () => {
      const asked = new Map<unknown, readonly string[]>();
      return {
        request: (message, link) =>
          link.toEndpoint(
            message.method === BEGIN
              ? { ...message, params: { ...message.params, parameters: ['w', 'b'] } }
              : message,
          ),
        reply: (message, request, link) => {
          if (request?.method === BEGIN && message.result) {
            asked.set(message.result.training, request.params.parameters);
          }
          const names = request?.method === CHECKPOINT && asked.get(request.params.training);
          if (!names || !message.result) return link.toSession(message);
          const own = (all: ModelOutput[]) => all.filter(({ name }) => names.includes(name));
          const { parameters, velocities } = message.result;
          link.toSession(
            answer(message, { parameters: own(parameters), velocities: own(velocities) }),
          );
        },
      };
    },
  },
];
