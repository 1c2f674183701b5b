// Known-bad drivers: what they compute of floats is one step farther from the right answer than it may be
// (DRV-KRN-013, DRV-KRN-014).
import type { Defect, Mutant } from '../../../core/mutant.ts';
import { hasNoRoomFor } from '../../defects.ts';
import { type BuiltFormat, isBuilt, type KernelName } from '../kernel/formats.ts';
import { boundOf, isAdmitted } from '../kernel/limits.ts';
import { stepped } from '../kernel/numbers.ts';
import { ARITHMETIC, FUNCTIONS, type Given, type Operation } from '../kernel/operations.ts';
import { fails, GET, LAUNCH, LOAD } from './kernel-defects.ts';

/** One answer of a launch: to what, in which form of program. */
interface Answered {
  readonly format: BuiltFormat;
  readonly operation: Operation;
  readonly given: Given;
  readonly answer: number;
}

/** Another answer in its place; undefined where this one stays. */
type Other = (answered: Answered) => number | undefined;

/** Ordinary answers: large enough that no bound reaches zero, and far from where floats end. */
const isOrdinary = ({ format, operation, given, answer }: Answered): boolean =>
  Math.abs(answer) >= 0.25 &&
  Math.abs(answer) <= 2 ** 100 &&
  given.every((value) => Math.abs(value) <= 2 ** 100) &&
  boundOf(format, operation, given) !== 'open';

/** One step beyond what is admitted. */
export const oneStepBeyond: Other = (answered) => {
  if (!isOrdinary(answered)) return undefined;
  const { format, operation, given } = answered;
  let { answer } = answered;
  while (isAdmitted(format, operation, given, answer)) answer = stepped(answer, 1);
  return answer;
};

/** As far as is admitted: no defect. */
export const asFarAsMay: Other = (answered) => {
  const beyond = oneStepBeyond(answered);
  return beyond === undefined ? undefined : stepped(beyond, -1);
};

const tiesAway: Other = ({ given: [x] }) =>
  Math.abs(x) % 1 === 0.5 ? Math.sign(x) * Math.ceil(Math.abs(x)) : undefined;

/** Nothing of anything is nothing to it, also of what has no end. */
const vanishing: Other = ({ given: [x, y, z], operation }) =>
  x === Infinity && y === 0 ? (operation.takes === 3 ? z : 0) : undefined;

const OPERATIONS = { arithmetic: ARITHMETIC, functions: FUNCTIONS } as const satisfies Partial<
  Record<KernelName, readonly Operation[]>
>;
type Computing = keyof typeof OPERATIONS;

const INPUTS: Readonly<Record<Computing, number>> = { arithmetic: 3, functions: 1 };

const floatAt = (bytes: Buffer | undefined, at: number): number =>
  bytes && at * 4 + 4 <= bytes.length ? bytes.readFloatLE(at * 4) : 0;

/**
 * Answers otherwise to one operation of a kernel: once in each launch where `once` is set, else wherever it would.
 * What memory holds is known from what was written to it.
 */
export const answersOtherwise =
  (name: Computing, index: number, other: Other, once = true): (() => Defect) =>
  () => {
    const kernels = new Set<unknown>();
    const written = new Map<unknown, Buffer>();
    const launched = new Map<unknown, readonly unknown[]>();
    let format: BuiltFormat | undefined;
    const operation = OPERATIONS[name][index];
    const altered = (sources: readonly unknown[], bytes: Buffer): Buffer => {
      const inputs = sources.map((source) => written.get(source));
      for (let at = 0; at < bytes.length / 4; at += 1) {
        const given: Given = [
          floatAt(inputs[0], at),
          floatAt(inputs[1], at),
          floatAt(inputs[2], at),
        ];
        const answer = bytes.readFloatLE(at * 4);
        const instead = format && operation && other({ format, operation, given, answer });
        if (instead === undefined) continue;
        bytes.writeFloatLE(instead, at * 4);
        if (once) break;
      }
      return bytes;
    };
    return {
      request: (message, link) => {
        const { method, params } = message;
        if (method === LOAD && isBuilt(params?.format)) format = params.format;
        if (method === 'driver.memory.write' && params?.data?.base64 !== undefined) {
          written.set(params.allocation, Buffer.from(params.data.base64, 'base64'));
        }
        if (method === LAUNCH && kernels.has(params?.kernel)) {
          const given = params.arguments;
          const which = Buffer.from(given.at(-2).scalar, 'base64').readUInt32LE();
          const sources = given.slice(0, INPUTS[name]);
          if (which === index) {
            launched.set(
              given[INPUTS[name]].allocation,
              sources.map((one: { allocation: string }) => one.allocation),
            );
          }
        }
        link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        if (request?.method === GET && request.params.name === name) {
          kernels.add(message.result?.kernel);
        }
        const sources = launched.get(request?.params?.allocation);
        if (request?.method === 'driver.memory.read' && sources && message.result) {
          const bytes = altered(sources, Buffer.from(message.result.base64, 'base64'));
          link.toSession({ ...message, result: { base64: bytes.toString('base64') } });
        } else link.toSession(message);
      },
    };
  };

const beyond = (row: 'DRV-KRN-013' | 'DRV-KRN-014', name: Computing): Mutant[] =>
  OPERATIONS[name].map(({ id }, index) => ({
    id: `${row}/${id}-beyond`,
    title: `answers one step beyond what is admitted of ${id}`,
    requirement: row,
    breaks: `${row}/${id}-result`,
    defect: () => answersOtherwise(name, index, oneStepBeyond),
  }));

/** Without room for a module, and with streams that fail: what is stated of a launch itself. */
const notRun = (row: 'DRV-KRN-013' | 'DRV-KRN-014'): Mutant[] => [
  {
    id: `${row}/does-not-load`,
    title: 'has no room for a module',
    requirement: row,
    breaks: `${row}/run`,
    defect: () => hasNoRoomFor(LOAD),
  },
  {
    id: `${row}/fails`,
    title: 'says of each stream that it failed',
    requirement: row,
    breaks: `${row}/run`,
    defect: () => fails,
  },
];

export const kernelNumberMutants: readonly Mutant[] = [
  ...beyond('DRV-KRN-013', 'arithmetic'),
  {
    id: 'DRV-KRN-013/ties-away',
    title: 'rounds halves away from zero',
    requirement: 'DRV-KRN-013',
    breaks: 'DRV-KRN-013/round-result',
    defect: () => answersOtherwise('arithmetic', 9, tiesAway, false),
  },
  ...[2, 5].map(
    (index): Mutant => ({
      id: `DRV-KRN-013/${ARITHMETIC[index]?.id}-vanishes`,
      title: 'makes nothing of infinity times zero',
      requirement: 'DRV-KRN-013',
      breaks: `DRV-KRN-013/${ARITHMETIC[index]?.id}-result` as Mutant['breaks'],
      defect: () => answersOtherwise('arithmetic', index, vanishing, false),
    }),
  ),
  ...notRun('DRV-KRN-013'),
  ...beyond('DRV-KRN-014', 'functions'),
  ...notRun('DRV-KRN-014'),
];
