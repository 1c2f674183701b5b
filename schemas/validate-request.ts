// What an endpoint checks of a request. Apart from the other validators, for every start of one loads this.
import { type Fault, firstFault } from './fault.ts';
import * as validators from './generated/request-validators.ts';
import type { MethodName } from './generated/standard.ts';

/** Whether a name is a method of the standard. */
export const isMethod = (name: string): name is MethodName => Object.hasOwn(validators.SIDES, name);

/** The first fault of a message as a request of any method; undefined where it is one. */
export const faultOfRequest = (message: unknown): Fault | undefined =>
  firstFault(validators.Request, message);

/** The first fault of a method's params; undefined where they are valid. */
export const faultOfParams = (method: MethodName, params: unknown): Fault | undefined =>
  firstFault(validators.SIDES[method], params);
