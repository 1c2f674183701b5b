// The generated validators behind one typed word: every message is checked, both ways.
import type { MethodName } from './generated/standard.ts';
import type * as types from './generated/types.ts';
import { METHOD_VALIDATORS } from './generated/validator-table.ts';
import * as validators from './generated/validators.ts';

/** The shape of a validator as ajv emits it. */
interface Validator {
  (value: unknown): boolean;
  errors?:
    | { keyword: string; instancePath: string; message?: string; params: Record<string, unknown> }[]
    | null;
}

/** Where a value departs from its schema, and how. */
export interface Fault {
  /** A JSON Pointer into the value. */
  readonly place: string;
  readonly problem: string;
}

const NAMED = {
  Request: validators.Request,
  SuccessReply: validators.SuccessReply,
  ErrorReply: validators.ErrorReply,
  ErrorData: validators.ErrorData,
  Plan: validators.Plan,
  PlannedCase: validators.PlannedCase,
  JournalEvent: validators.JournalEvent,
  WireMessage: validators.WireMessage,
  WireEntry: validators.WireEntry,
  Record: validators.Record,
  Result: validators.Result,
  TargetFile: validators.TargetFile,
  WaiverFile: validators.WaiverFile,
} as unknown as Record<ValidatedName, Validator>;

/** What can be validated by name. */
export type ValidatedName =
  | 'Request'
  | 'SuccessReply'
  | 'ErrorReply'
  | 'ErrorData'
  | 'Plan'
  | 'PlannedCase'
  | 'JournalEvent'
  | 'WireMessage'
  | 'WireEntry'
  | 'Record'
  | 'Result'
  | 'TargetFile'
  | 'WaiverFile';

const METHODS = METHOD_VALIDATORS as unknown as Record<
  MethodName,
  { params: Validator; result: Validator }
>;

/** A member's name as a part of a JSON Pointer (RFC 6901). */
const pointerPart = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const fault = (validate: Validator, value: unknown): Fault | undefined => {
  if (validate(value)) return undefined;
  const errors = validate.errors ?? [];
  // Where alternatives were tried, the last says only that none fits: a member too many says more.
  const error = errors.find((one) => one.keyword === 'additionalProperties') ?? errors.at(-1);
  const { additionalProperty, missingProperty, allowedValues } = error?.params ?? {};
  const member = additionalProperty ?? missingProperty;
  const detail = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return {
    place: `${error?.instancePath ?? ''}${member === undefined ? '' : `/${pointerPart(String(member))}`}`,
    problem: `${error?.message ?? 'is not valid'}${detail}`,
  };
};

/** The first fault of `value` as a `name`; undefined where it is one. */
export const faultOf = (name: ValidatedName, value: unknown): Fault | undefined =>
  fault(NAMED[name], value);

/** The first fault of a method's params; undefined where they are valid. */
export const faultOfParams = (method: MethodName, params: unknown): Fault | undefined =>
  fault(METHODS[method].params, params);

/** The first fault of a method's result; undefined where it is valid. */
export const faultOfResult = (method: MethodName, result: unknown): Fault | undefined =>
  fault(METHODS[method].result, result);

/** Whether a name is a method of the standard. */
export const isMethod = (name: string): name is MethodName => Object.hasOwn(METHODS, name);

/** A fault as one line. */
export const faultText = (found: Fault): string => `${found.place || 'it'} ${found.problem}`;

export type { types };
