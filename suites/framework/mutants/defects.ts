// Ways for an engine to be wrong: what it is given, what it computes, and what it says of a model.
import type { Defect, Link, Message } from '../../../core/mutant.ts';
import type { Value } from '../../../core/onnx/element.ts';
import type { Model } from '../../../core/onnx/model.ts';
import { modelOf } from '../../../core/onnx/model-of-bytes.ts';
import { fromMessage, type Tensor, toMessage } from '../../../core/onnx/tensor.ts';
import type { ModelInput, ModelOutput } from '../../../schemas/generated/types.ts';
import { alterRequest, alterResult, noRoom } from '../../defects.ts';

/** As a mutant has it: called once a run, and then once a session. */
export type PerRun = () => () => Defect;

export const LOAD = 'framework.model.load';
export const RUN = 'framework.model.run';
export const UNLOAD = 'framework.model.unload';

/** A run's outputs made others. */
export const outputs = (alter: (outputs: ModelOutput[]) => ModelOutput[]): PerRun => {
  return () => () =>
    alterResult(RUN, (result: { outputs: ModelOutput[] }) => ({
      ...result,
      outputs: alter(result.outputs),
    }));
};

/** Each tensor of a list made another. */
export const altered = (
  all: readonly ModelOutput[],
  alter: (one: Tensor) => Tensor,
): ModelOutput[] =>
  all.map((one) => {
    const found = fromMessage(one.value);
    return found ? { ...one, value: toMessage(alter(found)) } : one;
  });

/** Each element of a tensor made another. */
export const each =
  (alter: (value: number, index: number, all: readonly number[]) => number) =>
  (one: Tensor): Tensor => ({
    ...one,
    values: one.values.map(Number).map(alter),
  });

/** Each tensor that a run answers made another. */
export const tensors = (alter: (one: Tensor) => Tensor): PerRun =>
  outputs((all) => altered(all, alter));

/** Each element made another. */
export const elements = (
  alter: (value: Value, index: number, all: readonly Value[]) => Value,
): PerRun => tensors((one) => ({ ...one, values: one.values.map(alter) }));

/** Nothing of a type. */
export const zeroLike = (value: Value | undefined): Value => (typeof value === 'bigint' ? 0n : 0);

/** Ways to be wrong that every row about results has to find. */
export const furtherDimension = tensors((one) => ({ ...one, shape: [...one.shape, 1] }));
export const narrowed = tensors((one) =>
  one.type === 'int64' ? { ...one, type: 'int32', values: one.values.map(Number) } : one,
);
export const bytesShort = tensors((one) => ({ ...one, values: one.values.slice(1) }));
export const lastZero = elements((value, index, all) =>
  index === all.length - 1 ? zeroLike(value) : value,
);

/** Differs in the last bit of one element, in one run of so many. */
export const lastBitOf = (many: number): PerRun => {
  return () => {
    let runs = 0;
    return outputs((all) => {
      runs += 1;
      if (runs % many !== 0) return all;
      return all.map(({ name, value }) => {
        const bytes = Buffer.from(value.base64, 'base64');
        bytes[0] = (bytes[0] ?? 0) ^ 1;
        return { name, value: { ...value, base64: bytes.toString('base64') } };
      });
    })();
  };
};

/** What a run is given made other tensors. */
export const given =
  (alter: (one: Tensor) => Tensor): PerRun =>
  () =>
  () =>
    alterRequest(RUN, (params: { inputs: ModelInput[] }) => ({
      ...params,
      inputs: params.inputs.map((one) => {
        const found = 'value' in one ? fromMessage(one.value) : undefined;
        return found ? { ...one, value: toMessage(alter(found)) } : one;
      }),
    }));

/** What a model says of its inputs or outputs made something else. */
export const says = (
  // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into results of every shape
  alter: (result: any) => void,
): PerRun => {
  return () => () =>
    alterResult(LOAD, (result) => {
      alter(result);
      return result;
    });
};

/** The model of a request to load one; undefined where it is none. */
export const modelIn = (message: Message): Model | undefined => {
  if (message.method !== LOAD) return undefined;
  try {
    return modelOf(Buffer.from(String(message.params?.base64), 'base64'));
  } catch {
    return undefined;
  }
};

/** Does something else with the loading of some models. */
export const loads = (
  picks: (model: Model) => boolean,
  instead: (message: Message, link: Link) => void,
): PerRun => {
  return () => () => ({
    request: (message, link) => {
      const model = modelIn(message);
      if (model && picks(model)) instead(message, link);
      else link.toEndpoint(message);
    },
  });
};

/** Says yes to what is refused, of the loading or the runs of some models. */
export const admitsOf =
  (method: typeof LOAD | typeof RUN, picks: (model: Model) => boolean, result: unknown): PerRun =>
  () =>
  () => {
    const picked = new Set<unknown>();
    return {
      reply: (message, request, link) => {
        const model = request && modelIn(request);
        const isPicked = model !== undefined && picks(model);
        if (isPicked && message.result) picked.add(message.result.model);
        const isOurs =
          method === LOAD ? isPicked : request?.method === RUN && picked.has(request.params.model);
        link.toSession(
          isOurs && message.error ? { jsonrpc: '2.0', id: message.id, result } : message,
        );
      },
    };
  };

/** Has no room for some models. */
export const hasNoRoomForModels = (picks: (model: Model) => boolean): PerRun =>
  loads(picks, (message, link) => link.toSession(noRoom(message.id)));

/** Computes nothing right once it has refused something: what was begun is left as it lies. */
export const worksNoMoreOnceRefused = (): PerRun => {
  return () => () => {
    let refused = false;
    return {
      reply: (message, request, link) => {
        const isOurs = request?.method?.startsWith('framework.') === true;
        if (refused && isOurs && message.result !== undefined) link.toSession(noRoom(message.id));
        else link.toSession(message);
        refused ||= isOurs && message.error !== undefined;
      },
    };
  };
};

/** Does something to the runs of the models of one node that `picks` picks: to what they are given, or to what they answer. */
export const runsOf =
  (
    picks: (node: Model['nodes'][number]) => boolean,
    {
      given = (all) => all,
      answered = (one) => one,
    }: {
      readonly given?: (all: Tensor[]) => Tensor[];
      readonly answered?: (one: Tensor, given: readonly Tensor[]) => Tensor;
    },
  ): PerRun =>
  () =>
  () => {
    const models = new Set<unknown>();
    const tensorsIn = (inputs: readonly ModelInput[]): Tensor[] =>
      inputs.flatMap((one) => ('value' in one ? (fromMessage(one.value) ?? []) : []));
    const isOne = (message: Message | undefined): boolean =>
      message?.method === RUN && models.has(message.params?.model);
    return {
      request: (message, link) => {
        if (!isOne(message)) return link.toEndpoint(message);
        const all = given(tensorsIn(message.params.inputs));
        const inputs = message.params.inputs.map((one: ModelInput, index: number) =>
          all[index] ? { ...one, value: toMessage(all[index]) } : one,
        );
        link.toEndpoint({ ...message, params: { ...message.params, inputs } });
      },
      reply: (message, request, link) => {
        const [only] = (request && modelIn(request)?.nodes) ?? [];
        if (only && message.result && picks(only)) models.add(message.result.model);
        if (isOne(request) && message.result) {
          const all = tensorsIn(request?.params.inputs);
          message.result.outputs = altered(message.result.outputs, (one) => answered(one, all));
        }
        link.toSession(message);
      },
    };
  };
