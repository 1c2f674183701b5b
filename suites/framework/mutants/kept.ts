// Known-bad engines: they work in place on what is needed still (FRM-OPS-002).
import type { Mutant } from '../../../core/mutant.ts';
import type { Model, Node } from '../../../core/onnx/model.ts';
import { loadParams } from '../models.ts';
import { LOAD, modelIn, type PerRun, RUN } from './defects.ts';

/** What a node takes and gives is made of other names. */
const renamed = (one: Node, name: (from: string) => string): Node => ({
  ...one,
  inputs: one.inputs.map(name),
});

/**
 * The model as it is where an operator writes its result over what it takes: whoever takes that behind it takes the
 * result, and so does who is answered it.
 */
const writtenOver = (model: Model, operator: string, picks: (name: string) => boolean): Model => {
  const at = model.nodes.findIndex(
    (one) => one.operator === operator && one.inputs.slice(0, 1).some(picks),
  );
  const [over, result] = [model.nodes[at]?.inputs[0], model.nodes[at]?.outputs[0]];
  if (over === undefined || result === undefined) return model;
  const nodes = model.nodes.map((one, index) =>
    index > at ? renamed(one, (name) => (name === over ? result : name)) : one,
  );
  if (!model.outputs.some(({ name }) => name === over)) return { ...model, nodes };
  const moved = `${over} as it was`;
  return {
    ...model,
    nodes: [
      ...nodes.map((one) => ({
        ...renamed(one, (name) => (name === over ? moved : name)),
        outputs: one.outputs.map((name) => (name === over ? moved : name)),
      })),
      { operator: 'Identity', inputs: [result], outputs: [over], attributes: {} },
    ],
  };
};

/** Loads another model in the place of each. */
const loadsAnother =
  (another: (model: Model) => Model): PerRun =>
  () =>
  () => ({
    request: (message, link) => {
      const model = modelIn(message);
      const other = model && another(model);
      link.toEndpoint(
        other && other !== model
          ? { ...message, params: { ...message.params, ...loadParams(other) } }
          : message,
      );
    },
  });

/** The model as it is after a run that negated a weight where it lay. */
const afterRun = (model: Model): Model | undefined => {
  const name = model.nodes.find(({ operator }) => operator === 'Neg')?.inputs[0] ?? '';
  const weight = model.initializers[name];
  if (!weight) return undefined;
  const negated = { ...weight, values: weight.values.map((one) => -Number(one)) };
  return { ...model, initializers: { ...model.initializers, [name]: negated } };
};

export const keptMutants: readonly Mutant[] = [
  {
    id: 'FRM-OPS-002/over-weights',
    title: 'negates a weight where it lies, so that the second run begins with another',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/kept-weights',
    shows: 'FRM-OPS-002/kept-weights',
    defect: () => () => {
      const later = new Map<unknown, unknown>();
      const run = new Set<unknown>();
      return {
        request: (message, link) => {
          const handle = message.params?.model;
          const other = message.method === RUN && run.has(handle) ? later.get(handle) : undefined;
          if (message.method === RUN) run.add(handle);
          link.toEndpoint(
            other === undefined
              ? message
              : { ...message, params: { ...message.params, model: other } },
          );
        },
        reply: async (message, request, link) => {
          const model = request && modelIn(request);
          const other = model && message.result && afterRun(model);
          if (other) {
            const { result } = await link.call(LOAD, loadParams(other));
            later.set(message.result.model, result.model);
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'FRM-OPS-002/over-values',
    title: 'writes what Relu gives over a value that is taken once more',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/kept-values',
    shows: 'FRM-OPS-002/kept-values',
    defect: loadsAnother((model) => writtenOver(model, 'Relu', (name) => name !== 'x')),
  },
  {
    id: 'FRM-OPS-002/over-another-shape',
    title: 'negates what is the same elements in another shape, and with it the elements',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/kept-values',
    shows: 'FRM-OPS-002/kept-values',
    defect: loadsAnother((model) => {
      const [first, second, third] = model.nodes.filter(({ operator }) => operator !== 'Add');
      const isOne =
        first?.operator === 'Reshape' &&
        second?.operator === 'Neg' &&
        third?.operator === 'Reshape';
      if (!isOne) return model;
      const [over, result] = [first.inputs[0], third.outputs[0] ?? ''];
      const nodes = model.nodes.map((one) =>
        one.operator === 'Sub' ? renamed(one, (name) => (name === over ? result : name)) : one,
      );
      return { ...model, nodes };
    }),
  },
  {
    id: 'FRM-OPS-002/over-inputs',
    title: 'writes what an operator gives over the input of the model, which is taken once more',
    requirement: 'FRM-OPS-002',
    breaks: 'FRM-OPS-002/kept-inputs',
    shows: 'FRM-OPS-002/kept-inputs',
    defect: loadsAnother((model) => writtenOver(model, 'Neg', (name) => name === 'x')),
  },
];
