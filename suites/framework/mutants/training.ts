// Known-bad engines: steps, checkpoints, and how trainings end (FRM-TRN-002 to -006).
import type { Defect, Mutant } from '../../../core/mutant.ts';
import type { Checkpoint } from '../../../schemas/generated/types.ts';
import {
  admitRefused,
  alterRequest,
  alterResult,
  answersItself,
  hasNoRoomFor,
  noRoom,
} from '../../defects.ts';
import { altered, each, UNLOAD } from './defects.ts';

const BEGIN = 'framework.training.begin';
const STEP = 'framework.training.step';
const CHECKPOINT = 'framework.training.checkpoint';
const RESTORE = 'framework.training.restore';
const END = 'framework.training.end';

/** How a training is begun made something else. */
const optimizer = (alter: (one: { rate: number; momentum: number }) => object) => {
  return () => () =>
    alterRequest(BEGIN, (params) => ({
      ...params,
      optimizer: { ...params.optimizer, ...alter(params.optimizer) },
    }));
};

const stepMutants: readonly Mutant[] = [
  {
    id: 'FRM-TRN-002/begins-none',
    title: 'begins no training',
    requirement: 'FRM-TRN-002',
    breaks: 'FRM-TRN-002/begin',
    defect: () => hasNoRoomFor(BEGIN),
  },
  {
    id: 'FRM-TRN-002/takes-none',
    title: 'takes no step',
    requirement: 'FRM-TRN-002',
    breaks: 'FRM-TRN-002/step',
    defect: () => hasNoRoomFor(STEP),
  },
  {
    id: 'FRM-TRN-002/rate',
    title: 'goes a little too far with each step',
    requirement: 'FRM-TRN-002',
    breaks: 'FRM-TRN-002/loss',
    defect: optimizer(({ rate }) => ({ rate: rate * 1.05 })),
  },
  {
    id: 'FRM-TRN-002/no-momentum',
    title: 'has no momentum',
    requirement: 'FRM-TRN-002',
    breaks: 'FRM-TRN-002/loss',
    defect: optimizer(() => ({ momentum: 0 })),
  },
  {
    id: 'FRM-TRN-002/frozen',
    title: 'trains all parameters but the last',
    requirement: 'FRM-TRN-002',
    breaks: 'FRM-TRN-002/loss',
    defect: () => () =>
      alterRequest(BEGIN, (params) => ({ ...params, parameters: params.parameters.slice(0, -1) })),
  },
  {
    id: 'FRM-TRN-002/late',
    title: 'answers the loss of the step before',
    requirement: 'FRM-TRN-002',
    breaks: 'FRM-TRN-002/loss',
    defect: () => () => {
      let before: unknown;
      return alterResult(STEP, ({ loss }) => {
        const told = before ?? loss;
        before = loss;
        return { loss: told };
      });
    },
  },
];

/** A checkpoint that is answered made another. */
const answers = (alter: (found: Checkpoint) => Checkpoint): (() => () => Defect) => {
  return () => () => alterResult(CHECKPOINT, alter);
};

const checkpointMutants: readonly Mutant[] = [
  {
    id: 'FRM-TRN-003/keeps-none',
    title: 'makes no checkpoint',
    requirement: 'FRM-TRN-003',
    breaks: 'FRM-TRN-003/checkpoint',
    defect: () => hasNoRoomFor(CHECKPOINT),
  },
  {
    id: 'FRM-TRN-003/restores-none',
    title: 'restores no checkpoint',
    requirement: 'FRM-TRN-003',
    breaks: 'FRM-TRN-003/restore',
    defect: () => hasNoRoomFor(RESTORE),
  },
  {
    id: 'FRM-TRN-003/decimal',
    title: 'writes a checkpoint down in eight digits',
    requirement: 'FRM-TRN-003',
    breaks: 'FRM-TRN-003/bits',
    defect: answers(({ parameters, velocities }) => ({
      parameters: altered(
        parameters,
        each((value) => Number(value.toPrecision(8))),
      ),
      velocities,
    })),
  },
  {
    id: 'FRM-TRN-003/no-sign',
    title: 'loses the sign of zero',
    requirement: 'FRM-TRN-003',
    breaks: 'FRM-TRN-003/bits',
    defect: answers(({ parameters, velocities }) => ({
      parameters: altered(
        parameters,
        each((value) => value + 0),
      ),
      velocities,
    })),
  },
  {
    id: 'FRM-TRN-003/no-velocities',
    title: 'restores the parameters alone',
    requirement: 'FRM-TRN-003',
    breaks: 'FRM-TRN-003/next',
    defect: () => () =>
      alterRequest(RESTORE, (params) => ({
        ...params,
        velocities: altered(
          params.velocities,
          each(() => 0),
        ),
      })),
  },
  {
    id: 'FRM-TRN-003/restores-nothing',
    title: 'says that a checkpoint is restored, and goes on with what it has',
    requirement: 'FRM-TRN-003',
    breaks: 'FRM-TRN-003/next',
    defect: () => () => answersItself(RESTORE, {}),
  },
];

/** Takes a step with a training that it has not. */
const stepsForAll = (): Defect =>
  admitRefused(({ reason }) => reason === 'HANDLE_INVALID', {
    loss: { type: 'float32', shape: [], base64: 'AACAPw==' },
  });

const handleMutants: readonly Mutant[] = [
  {
    id: 'FRM-TRN-006/keeps',
    title: 'has no way to end a training',
    requirement: 'FRM-TRN-006',
    breaks: 'FRM-TRN-006/end',
    defect: () => hasNoRoomFor(END),
  },
  {
    id: 'FRM-TRN-006/ends-nothing',
    title: 'says that a training is ended, and keeps it',
    requirement: 'FRM-TRN-006',
    breaks: 'FRM-TRN-006/use',
    defect: () => () => answersItself(END, {}),
  },
  {
    id: 'FRM-TRN-006/again',
    title: 'gives the handle of an ended training to the next',
    requirement: 'FRM-TRN-006',
    breaks: 'FRM-TRN-006/new-handle',
    defect: () => () => {
      let free: unknown;
      return {
        reply: (message, request, link) => {
          if (request?.method === END && message.result) free = request.params.training;
          if (request?.method === BEGIN && message.result && free !== undefined) {
            message.result.training = free;
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-TRN-006/with-model',
    title: 'ends trainings with their model',
    requirement: 'FRM-TRN-006',
    breaks: 'FRM-TRN-006/others',
    defect: () => () => {
      const begun = new Set<unknown>();
      return {
        reply: (message, request, link) => {
          if (request?.method === BEGIN && message.result) begun.add(message.result.training);
          if (request?.method === UNLOAD && message.result) {
            for (const training of begun) void link.call(END, { training });
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-TRN-006/begins',
    title: 'begins to train a model that is unloaded',
    requirement: 'FRM-TRN-006',
    breaks: 'FRM-TRN-006/unloaded',
    defect: () => () => answersItself(UNLOAD, {}),
  },
  {
    id: 'FRM-TRN-006/foreign',
    title: 'answers a session for a training that is not its own',
    requirement: 'FRM-TRN-006',
    breaks: 'FRM-TRN-006/foreign',
    defect: () => {
      let sessions = 0;
      return (): Defect => {
        sessions += 1;
        return sessions > 1 ? stepsForAll() : {};
      };
    },
  },
  {
    id: 'FRM-TRN-006/foreign-ends',
    title: 'works no more once another session has reached for a training',
    requirement: 'FRM-TRN-006',
    breaks: 'FRM-TRN-006/serving',
    defect: () => {
      let reached = false;
      return (): Defect => ({
        reply: (message, request, link) => {
          const isStep = request?.method === STEP;
          link.toSession(reached && isStep && message.result ? noRoom(message.id) : message);
          reached ||= isStep && message.error !== undefined;
        },
      });
    },
  },
];

export const trainingMutants: readonly Mutant[] = [
  ...stepMutants,
  ...checkpointMutants,
  ...handleMutants,
];
