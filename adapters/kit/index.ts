// The kit as adapters outside this repository import it: `causeway-conformance/kit`.

export type { ErrorReason, MethodName, Methods } from '../../schemas/generated/standard.ts';
export type {
  Capabilities,
  Data,
  Device,
  Implementation,
  Product,
} from '../../schemas/generated/types.ts';
export { bytesOf, lengthOf } from './data.ts';
export { HandleTable } from './handles.ts';
export { Refusal, type RefusalDetails } from './refusal.ts';
export { type AdapterOptions, type Handlers, type Service, serve } from './serve.ts';
export { type Patience, pollWhilePending, waitFor } from './waiting.ts';
