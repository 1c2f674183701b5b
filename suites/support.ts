// What the cases of every layer need alike: stating a success, and stating a refusal for its own reason.
import { expect } from 'chai';
import type { Answer, Context, ExpectationId } from '../core/case.ts';
import {
  ERRORS,
  type MethodName,
  type Methods,
  REQUIREMENTS,
} from '../schemas/generated/standard.ts';
import type { Canonical, ErrorData, Origin } from '../schemas/generated/types.ts';

/** Data of an error as loosely as it may come. */
const dataOf = (answer: Answer): Partial<ErrorData> =>
  answer.kind === 'error' && typeof answer.error.data === 'object' && answer.error.data !== null
    ? (answer.error.data as Partial<ErrorData>)
    : {};

/** Who refused; undefined for a result. */
export const originOf = (answer: Answer): Origin | undefined => dataOf(answer).origin;

/** What kind of fault was answered; undefined for a result. */
export const canonicalOf = (answer: Answer): Canonical | undefined => dataOf(answer).canonical;

/** The reason of a refusal, as the registry has it; undefined for a result. */
export const reasonOf = (answer: Answer): string | undefined => dataOf(answer).reason;

/** An answer in a few words: `result {...}` or `OUT_OF_RANGE/COPY_RANGE`. */
export const brief = (answer: Answer): string => {
  if (answer.kind === 'result') {
    const text = JSON.stringify(answer.result) ?? 'nothing';
    return `result ${text.length > 120 ? `${text.slice(0, 117)}...` : text}`;
  }
  const { canonical, reason } = dataOf(answer);
  return `${canonical ?? 'no canonical'}/${reason ?? 'no reason'} (code ${answer.error.code})`;
};

/** The codes that are normative (spec/errors.yaml). */
const PROTOCOL_CODES: readonly number[] = [-32700, -32600, -32601, -32602];

/** Whether a code is one of those that stand for a protocol fault alone. */
export const isProtocolCode = (code: unknown): boolean =>
  PROTOCOL_CODES.some((one) => one === code);

/** The pointer that a refusal of params gives; undefined where it gives none. */
export const fieldOf = (answer: Answer): string | undefined => dataOf(answer).field;

/** A value without extension members, which may change from call to call. */
export const withoutExtensions = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (key.startsWith('x-') ? undefined : member)),
  );

/** An answer as far as a program tells it from others: a result is a result. */
export const kindOf = (answer: Answer): string =>
  answer.kind === 'result' ? 'a result' : brief(answer);

/** The first device, which a case of no layer in particular tries; the case has a premise `devices`. */
export const firstDevice = async (context: Context): Promise<string> => {
  const { devices } = await context.given('driver.device.list', {});
  context.premise(
    'devices',
    { expected: 'at least one device', observed: `${devices.length} devices` },
    () => expect(devices).to.not.have.lengthOf(0),
  );
  return devices[0]?.device ?? '';
};

/** What a row expects of a refusal. */
export interface Expected {
  readonly canonical: Canonical;
  /** Shown; compared at level 2. */
  readonly reason: string;
  /** A code that is normative. */
  readonly code?: number;
}

/** The registry's row for a reason, as an expectation. */
export const refusal = (reason: (typeof ERRORS)[number]['reason']): Expected => {
  const row = ERRORS.find((one) => one.reason === reason);
  if (!row) throw new Error(`no error has the reason ${reason}`);
  return {
    canonical: row.canonical,
    reason,
    ...(PROTOCOL_CODES.includes(row.code) && { code: row.code }),
  };
};

/** Whether an answer is the refusal that was expected, or one that the row admits. */
export const isRefusal = (
  expectation: ExpectationId,
  expected: Expected,
  answer: Answer,
): boolean => {
  const { canonical, origin, reason } = dataOf(answer);
  if (answer.kind !== 'error') return false;
  // A protocol fault's code stands for that fault alone: it satisfies no other expectation.
  const protocol = PROTOCOL_CODES.includes(answer.error.code);
  if (expected.code === undefined ? protocol : answer.error.code !== expected.code) return false;
  const row = REQUIREMENTS.find((one) => expectation.startsWith(`${one.id}/`));
  // From level 2 on the reason counts as well.
  const same = row === undefined || row.level === 1 || reason === expected.reason;
  if (canonical === expected.canonical && same) return true;
  const admits: readonly { canonical: string; origin?: string }[] =
    row && 'admits' in row ? row.admits : [];
  return admits.some(
    (one) => one.canonical === canonical && (one.origin === undefined || one.origin === origin),
  );
};

/** States that `answer` refuses for the expected reason, with who refused. */
export const expectRefusal = (
  context: Context,
  expectation: ExpectationId,
  expected: Expected,
  answer: Answer,
  where = '',
): void => {
  const code = expected.code === undefined ? '' : ` (code ${expected.code})`;
  context.expectation(
    expectation,
    {
      expected: `${where}${expected.canonical}/${expected.reason}${code}`,
      observed: `${where}${brief(answer)}`,
      origin: originOf(answer),
    },
    () => expect(isRefusal(expectation, expected, answer)).to.equal(true),
  );
};

/** Attempts a request that must be refused, and states that it is. */
export const refuses = async (
  context: Context,
  expectation: ExpectationId,
  expected: Expected,
  method: string,
  params: unknown,
): Promise<void> =>
  expectRefusal(
    context,
    expectation,
    expected,
    await context.attempt(expectation, method, params),
    `${method}: `,
  );

/** States that `answer` is a result. */
const expectSuccess = (
  context: Context,
  expectation: ExpectationId,
  method: string,
  answer: Answer,
): void =>
  context.expectation(
    expectation,
    {
      expected: `${method}: a result`,
      observed: `${method}: ${answer.kind === 'result' ? 'a result' : brief(answer)}`,
    },
    () => expect(answer.kind).to.equal('result'),
  );

/** Attempts a request that must succeed, states that it does, and gives its result. */
export const succeeds = async <M extends MethodName>(
  context: Context,
  expectation: ExpectationId,
  method: M,
  params: Methods[M]['params'],
): Promise<Methods[M]['result']> => {
  const answer = await context.attempt(expectation, method, params);
  expectSuccess(context, expectation, method, answer);
  return (answer as { result: Methods[M]['result'] }).result;
};

/** Likewise of a request that is one of hundreds: it is stated only where it does not succeed. */
export const goesThrough = async <M extends MethodName>(
  context: Context,
  expectation: ExpectationId,
  method: M,
  params: Methods[M]['params'],
): Promise<Methods[M]['result']> => {
  const answer = await context.attempt(expectation, method, params);
  if (answer.kind === 'error') expectSuccess(context, expectation, method, answer);
  return (answer as { result: Methods[M]['result'] }).result;
};
