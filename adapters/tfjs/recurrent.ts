// Operators that go along a sequence with a state, made of products of matrices: the engine's own are in another package.
import type { Attributes } from '../../core/onnx/model.ts';
import { intOf, textOf } from '../../core/operators/definition.ts';
import type { Engine, EngineTensor } from './engine.ts';
import { input, type Mapping, type Mappings, scalar } from './mapping.ts';

/** What the gates are made of at one step: by the input, and by the state. */
interface Step {
  readonly given: readonly EngineTensor[];
  /** The gates of a state, by the recurrent weights, and their biases. */
  readonly kept: (state: EngineTensor) => readonly EngineTensor[];
  /** Of an LSTM that sees its cell, what each gate has of it. */
  readonly seen: readonly EngineTensor[];
}

/** The state, and of an LSTM the cell. */
type State = readonly EngineTensor[];

interface Cell {
  readonly gates: number;
  readonly states: number;
  next(engine: Engine, step: Step, state: State, attributes: Attributes): State;
}

const sum = (engine: Engine, ...all: readonly (EngineTensor | undefined)[]): EngineTensor =>
  engine.call(
    'addN',
    all.filter((one) => one !== undefined),
  );

const times = (engine: Engine, one?: EngineTensor, other?: EngineTensor): EngineTensor =>
  engine.call('mul', one, other);

const plain: Cell = {
  gates: 1,
  states: 1,
  next: (engine, { given, kept }, [hidden]) => {
    const made = hidden ? kept(hidden) : [];
    return [engine.call('tanh', sum(engine, given[0], made[0]))];
  },
};

/** Gates in the order update, reset, hidden. */
const gated: Cell = {
  gates: 3,
  states: 1,
  next: (engine, { given, kept }, [hidden], attributes) => {
    const made = hidden ? kept(hidden) : [];
    const [update, reset] = [0, 1].map((gate) =>
      engine.call('sigmoid', sum(engine, given[gate], made[gate])),
    );
    const isLinearBeforeReset = intOf(attributes, 'linear_before_reset', 0) !== 0;
    const old = isLinearBeforeReset
      ? times(engine, reset, made[2])
      : kept(times(engine, reset, hidden))[2];
    const fresh = engine.call('tanh', sum(engine, given[2], old));
    const rest = engine.call('sub', scalar(engine, 1), update);
    return [sum(engine, times(engine, rest, fresh), times(engine, update, hidden))];
  },
};

/** Gates in the order input, output, forget, cell; the first three may see the cell. */
const long: Cell = {
  gates: 4,
  states: 2,
  next: (engine, { given, kept, seen }, [hidden, cell]) => {
    const made = hidden ? kept(hidden) : [];
    const gate = (index: number, from?: EngineTensor): EngineTensor => {
      const sight = seen[index] && times(engine, seen[index], from);
      return engine.call('sigmoid', sum(engine, given[index], made[index], sight));
    };
    const fresh = engine.call('tanh', sum(engine, given[3], made[3]));
    const next = sum(
      engine,
      times(engine, gate(2, cell), cell),
      times(engine, gate(0, cell), fresh),
    );
    return [times(engine, gate(1, next), engine.call('tanh', next)), next];
  },
};

const DIRECTIONS: Readonly<Record<string, readonly boolean[]>> = {
  forward: [false],
  reverse: [true],
  bidirectional: [false, true],
};

/** One direction's part. */
const partOf = (engine: Engine, one: EngineTensor | undefined, index: number) =>
  one && engine.callForAll('unstack', one)[index];

const along = (cell: Cell): Mapping => ({
  admits: (attributes, { inputs }) =>
    (inputs[4] ?? '') === '' &&
    intOf(attributes, 'layout', 0) === 0 &&
    !['activations', 'clip', 'input_forget'].some((name) => name in attributes),
  call: (engine, given) => {
    const [data, weights, recurrent] = [0, 1, 2].map((index) => input(given, index));
    const batch = data?.shape[1] ?? 0;
    const units = recurrent?.shape[2] ?? 0;
    const ways = DIRECTIONS[textOf(given.attributes, 'direction', 'forward')] ?? [];
    const all: EngineTensor[] = [];
    const last: State[] = [];
    for (const [index, isBackwards] of ways.entries()) {
      const apart = (one: EngineTensor | undefined, count: number): readonly EngineTensor[] =>
        one ? engine.callForAll('split', one, count) : [];
      const [w, r] = [weights, recurrent].map((one) =>
        apart(partOf(engine, one, index), cell.gates),
      );
      const biases = apart(partOf(engine, given.inputs[3], index), 2 * cell.gates);
      const by = (
        matrices: readonly EngineTensor[],
        one: EngineTensor,
        first: number,
      ): readonly EngineTensor[] =>
        matrices.map((matrix, gate) => {
          const made = engine.call('matMul', one, matrix, false, true);
          const bias = biases[first + gate];
          return bias ? engine.call('add', made, bias) : made;
        });
      const kept = (state: EngineTensor) => by(r ?? [], state, cell.gates);
      const seen = apart(partOf(engine, given.inputs[7], index), 3);
      let state: State = Array.from(
        { length: cell.states },
        (_, place) =>
          partOf(engine, given.inputs[5 + place], index) ?? engine.call('zeros', [batch, units]),
      );
      const made: EngineTensor[] = [];
      const steps = engine.callForAll('unstack', data);
      for (const one of isBackwards ? steps.toReversed() : steps) {
        const step = { given: by(w ?? [], one, 0), kept, seen };
        state = cell.next(engine, step, state, given.attributes);
        if (state[0]) made.push(state[0]);
      }
      all.push(engine.call('stack', isBackwards ? made.toReversed() : made));
      last.push(state);
    }
    const lasts = Array.from({ length: cell.states }, (_, place) =>
      engine.call(
        'stack',
        last.map((state) => state[place]),
      ),
    );
    return [engine.call('stack', all, 1), ...lasts];
  },
});

export const recurrent: Mappings = { GRU: along(gated), LSTM: along(long), RNN: along(plain) };
