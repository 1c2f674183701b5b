// An ONNX model as calls of the engine: what it can be is settled when it is loaded, and a run makes one call after
// another. The engine reads no ONNX, so all that is refused of a model is refused here.

import { bytesOf } from '../../core/onnx/element.ts';
import type { Model, Node, ValueInfo } from '../../core/onnx/model.ts';
import { modelOf } from '../../core/onnx/model-of-bytes.ts';
import { type Form, fits, isInOrder, openInputs } from '../../core/onnx/signature.ts';
import type { Tensor } from '../../core/onnx/tensor.ts';
import { ShapeError } from '../../core/operators/definition.ts';
import type { ElementType } from '../../schemas/generated/types.ts';
import { natively } from '../kit/exceptions.ts';
import { Refusal } from '../kit/refusal.ts';
import { ARRAYS, type Engine, type EngineTensor } from './engine.ts';
import { type Given, lacking, type Mapping, numbers } from './mapping.ts';
import { mappings } from './operators.ts';

/** The revisions of the format, and of the operators, that the mapping is written for. */
const FORMATS_READ = { oldest: 3, newest: 10 } as const;
const OPERATORS_MAPPED = { oldest: 13, newest: 17 } as const;

const lies = (value: number, { oldest, newest }: { oldest: number; newest: number }): boolean =>
  value >= oldest && value <= newest;

const noModel = (message: string): Refusal => new Refusal('MODEL', 'adapter', { message });

const read = (bytes: Uint8Array): Model => {
  let model: Model;
  try {
    model = modelOf(bytes);
  } catch (error) {
    throw noModel(String(error));
  }
  const version = model.operatorSets[''] ?? 0;
  if (!lies(model.formatVersion, FORMATS_READ)) throw noModel(`format ${model.formatVersion}`);
  if (model.outputs.length === 0 || !isInOrder(model)) throw noModel('the nodes have no order');
  if (version < 1) throw noModel('no operator set');
  if (!lies(version, OPERATORS_MAPPED)) throw lacking(`no operator set ${version} here`);
  return model;
};

interface Step {
  readonly node: Node;
  readonly mapping: Mapping;
}

const stepOf = (node: Node): Step => {
  const { operator, domain = '', attributes = {} } = node;
  const isMapped = domain === '' && Object.hasOwn(mappings, operator);
  const mapping = isMapped ? mappings[operator] : undefined;
  if (!mapping) throw lacking(`the engine has no ${operator}`);
  if (mapping.admits?.(attributes, node) === false) {
    throw lacking(`the engine has no ${operator} with these attributes`);
  }
  return { node, mapping };
};

export class Graph {
  /** Without those that an initializer gives. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly #engine: Engine;
  readonly #steps: readonly Step[];
  readonly #initializers: Readonly<Record<string, Tensor>>;
  readonly #constants: ReadonlyMap<string, EngineTensor>;

  constructor(engine: Engine, bytes: Uint8Array) {
    const model = read(bytes);
    this.#engine = engine;
    this.#initializers = model.initializers;
    this.inputs = openInputs(model);
    this.outputs = model.outputs;
    this.#steps = model.nodes.map(stepOf);
    const asTensors = new Set(
      this.#steps.flatMap(({ node, mapping }) =>
        node.inputs.filter((_, index) => !mapping.parameters?.includes(index)),
      ),
    );
    for (const { name } of model.outputs) asTensors.add(name);
    const constants = Object.entries(model.initializers).filter(([name]) => asTensors.has(name));
    const types = [...this.inputs, ...this.outputs, ...constants.map(([, one]) => one)];
    for (const { type } of types) if (!ARRAYS[type]) throw lacking(`the engine has no ${type}`);
    this.#constants = new Map(constants.map(([name, one]) => [name, this.made(one)]));
  }

  /** Refuses a run that the model does not have: names before shapes. */
  admit(given: ReadonlyMap<string, Form>, outputs: readonly string[]): void {
    const known = outputs.every((name) => this.outputs.some((one) => one.name === name));
    const all = this.inputs.every(({ name }) => given.has(name));
    if (!known || !all || given.size !== this.inputs.length) throw new Refusal('INPUTS', 'adapter');
    const lengths = new Map<string, number>();
    for (const info of this.inputs) {
      const one = given.get(info.name);
      if (one && !fits(one, info, lengths)) throw new Refusal('SHAPE', 'adapter');
    }
  }

  /**
   * The values of the outputs that are asked for, while they are there: in `use`, and no longer. What is given under the
   * name of a weight is in its place.
   */
  run(
    given: ReadonlyMap<string, EngineTensor>,
    outputs: readonly string[],
    use: (name: string, value: EngineTensor) => void,
  ): void {
    const values = new Map([...this.#constants, ...given]);
    for (const step of this.#steps) this.#take(step, values);
    for (const name of outputs) {
      const value = values.get(name);
      if (!value) throw new Refusal('INPUTS', 'adapter');
      use(name, value);
    }
  }

  /** What the model holds under a name, where it has not to be a number of the program. */
  weight(name: string): Tensor | undefined {
    return this.#constants.has(name) ? this.#initializers[name] : undefined;
  }

  /** The engine's tensor of one of the model's. */
  made({ type, shape, values }: Tensor): EngineTensor {
    const own = new Uint8Array(bytesOf(type, values));
    const found = ARRAYS[type as ElementType]?.(own.buffer);
    if (!found) throw new ShapeError(`the engine has no ${type}`);
    return this.#engine.tensor(found, shape, type);
  }

  dispose(): void {
    for (const one of this.#constants.values()) one.dispose();
  }

  #take({ node, mapping }: Step, values: Map<string, EngineTensor>): void {
    const isParameter = (index: number): boolean => mapping.parameters?.includes(index) === true;
    const given: Given = {
      inputs: node.inputs.map((name, index) => (isParameter(index) ? undefined : values.get(name))),
      parameters: node.inputs.map((name, index) => {
        if (!isParameter(index)) return undefined;
        const known = this.#initializers[name];
        const made = values.get(name);
        return known ? numbers(known) : made && natively(() => [...made.dataSync()].map(Number));
      }),
      attributes: node.attributes ?? {},
      outputs: node.outputs.length,
    };
    const results = mapping.call(this.#engine, given);
    for (const [index, name] of node.outputs.entries()) {
      const result = results[index];
      if (name !== '' && result) values.set(name, result);
    }
  }
}
