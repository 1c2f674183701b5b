// Known-bad drivers: what their fills fill (DRV-MEM-011, and what -006 and -009 say of fills).
import type { Mutant } from '../../../core/mutant.ts';
import {
  admitRefused,
  alterError,
  alterRequest,
  answer,
  errorReply,
  isValidRequest,
} from '../../defects.ts';
import { alterMemory } from './visible.ts';

const FILL = 'driver.memory.fill';
const SIDE = 1024n;

interface FillParams {
  offsetBytes: string;
  lengthBytes: string;
  pattern: string;
}

const unitOf = ({ pattern }: FillParams): bigint => BigInt(Buffer.byteLength(pattern, 'base64'));

const endOf = ({ offsetBytes, lengthBytes }: FillParams): bigint =>
  BigInt(offsetBytes) + BigInt(lengthBytes);

const EXACT: [string, string, (params: FillParams) => object][] = [
  [
    'last-lost',
    'leaves the last pattern out where there are two',
    (params) => {
      const shorter = BigInt(params.lengthBytes) - unitOf(params);
      return shorter > 0n ? { ...params, lengthBytes: String(shorter) } : params;
    },
  ],
  [
    'pattern-turned',
    'writes the bytes of the pattern the other way round',
    (params) => ({
      ...params,
      pattern: Buffer.from(params.pattern, 'base64').reverse().toString('base64'),
    }),
  ],
  [
    'first-byte',
    'fills with the first byte of the pattern alone',
    (params) => {
      const bytes = Buffer.from(params.pattern, 'base64');
      return { ...params, pattern: Buffer.alloc(bytes.length, bytes.at(0)).toString('base64') };
    },
  ],
  [
    'offset-ignored',
    'fills from the beginning whatever the offset',
    (params) => ({ ...params, offsetBytes: '0' }),
  ],
];

export const fillMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-006/fill-after-free',
    title: 'serves a fill of a freed allocation',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/fill',
    defect: () => () =>
      admitRefused(
        (data, request) => data['reason'] === 'HANDLE_INVALID' && request?.method === FILL,
      ),
  },
  {
    id: 'DRV-MEM-009/fill-beyond',
    title: 'answers a fill beyond the end',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/fill',
    defect: () => () =>
      admitRefused((data, request) => data['reason'] === 'COPY_RANGE' && request?.method === FILL),
  },
  {
    id: 'DRV-MEM-009/fill-clamped-and-refused',
    title: 'fills what fits of a range that it refuses',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/kept',
    defect: () => () => ({
      reply: (message, request, link) => {
        if (request?.method !== FILL || !message.error) {
          link.toSession(message);
          return;
        }
        const lengthBytes = String(unitOf(request.params));
        const first = { ...request.params, offsetBytes: '0', lengthBytes };
        void link.call(FILL, first).then(() => link.toSession(message));
      },
    }),
  },
  {
    id: 'DRV-MEM-009/fill-end-refused',
    title: 'refuses a fill that ends exactly at the end',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/fill-boundary',
    defect: () => () => ({
      request: (message, link) =>
        message.method === FILL && endOf(message.params) === SIDE
          ? link.toSession(errorReply(message.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE'))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'DRV-MEM-009/fill-wraps',
    title: 'adds offset and length of a fill in 64 bits',
    requirement: 'DRV-MEM-009',
    breaks: 'DRV-MEM-009/fill-wraps',
    defect: () => () =>
      admitRefused(
        (_data, request) => request?.method === FILL && endOf(request.params) >= 2n ** 64n,
      ),
  },
  ...EXACT.map(
    ([name, title, alter]): Mutant => ({
      id: `DRV-MEM-011/${name}`,
      title,
      requirement: 'DRV-MEM-011',
      breaks: 'DRV-MEM-011/exact',
      defect: () => () => alterRequest(FILL, alter),
    }),
  ),
  {
    id: 'DRV-MEM-011/zeros-lost',
    title: 'takes a fill with zeros for none',
    requirement: 'DRV-MEM-011',
    breaks: 'DRV-MEM-011/exact',
    defect: () => () => ({
      request: (message, link) =>
        message.method === FILL &&
        isValidRequest(message) &&
        unitOf(message.params) > 1n &&
        Buffer.from(message.params.pattern, 'base64').every((byte) => byte === 0)
          ? link.toSession(answer(message, {}))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'DRV-MEM-011/halves-granted',
    title: 'answers a fill of whole halves of patterns',
    requirement: 'DRV-MEM-011',
    breaks: 'DRV-MEM-011/refused',
    defect: () => () =>
      admitRefused((data, request) => {
        if (data['reason'] !== 'SIZE' || request?.method !== FILL) return false;
        const { offsetBytes, lengthBytes } = request.params;
        const unit = unitOf(request.params);
        return (
          unit === 16n &&
          [offsetBytes, lengthBytes].every((one) => (2n * BigInt(one)) % unit === 0n)
        );
      }),
  },
  {
    id: 'DRV-MEM-011/long-refused',
    title: 'refuses the longest pattern that it declares',
    requirement: 'DRV-MEM-011',
    breaks: 'DRV-MEM-011/filled',
    defect: () => () => ({
      request: (message, link) =>
        message.method === FILL && unitOf(message.params) === 16n
          ? link.toSession(errorReply(message.id, 2005, 'INVALID_ARGUMENT', 'SIZE'))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'DRV-MEM-011/undeclared',
    title: 'declares no length of pattern',
    requirement: 'DRV-MEM-011',
    breaks: 'DRV-MEM-011/declared',
    defect: () => () => alterMemory({ fillPatternBytes: undefined }),
  },
  {
    id: 'DRV-MEM-011/any-granted',
    title: 'answers a fill of no whole patterns',
    requirement: 'DRV-MEM-011',
    breaks: 'DRV-MEM-011/refused',
    defect: () => () =>
      admitRefused((data, request) => data['reason'] === 'SIZE' && request?.method === FILL),
  },
  {
    id: 'DRV-MEM-011/range-fault',
    title: 'refuses a fill of no whole patterns as out of range',
    requirement: 'DRV-MEM-011',
    breaks: 'DRV-MEM-011/refused',
    defect: () => () =>
      alterError(
        (data, request) => data['reason'] === 'SIZE' && request?.method === FILL,
        ({ data }) => {
          data['canonical'] = 'OUT_OF_RANGE';
        },
      ),
  },
  {
    id: 'DRV-MEM-011/refused-and-begun',
    title: 'refuses a fill of no whole patterns, and has begun it',
    requirement: 'DRV-MEM-011',
    breaks: 'DRV-MEM-011/kept',
    defect: () => () => ({
      reply: (message, request, link) => {
        if (request?.method !== FILL || !message.error) {
          link.toSession(message);
          return;
        }
        const bytes = Buffer.from(request.params.pattern, 'base64').subarray(0, 1);
        const first = {
          ...request.params,
          lengthBytes: '1',
          pattern: Buffer.from([(bytes[0] ?? 0) ^ 0xff]).toString('base64'),
        };
        void link.call(FILL, first).then(() => link.toSession(message));
      },
    }),
  },
];
