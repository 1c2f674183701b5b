// The generated validators behind one typed word: what answers, and what a run writes, is checked.
import { type Fault, firstFault } from './fault.ts';
import type { MethodName } from './generated/standard.ts';
import * as validators from './generated/validators.ts';

const NAMED = {
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
} satisfies Record<ValidatedName, unknown>;

/** What can be validated by name. */
export type ValidatedName =
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

/** The first fault of `value` as a `name`; undefined where it is one. */
export const faultOf = (name: ValidatedName, value: unknown): Fault | undefined =>
  firstFault(NAMED[name], value);

/** The first fault of a method's result; undefined where it is valid. */
export const faultOfResult = (method: MethodName, result: unknown): Fault | undefined =>
  firstFault(validators.SIDES[method], result);
