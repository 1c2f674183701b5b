// Known-bad endpoints of SYS-CAP-005: they stumble over what they do not know, or swallow it.
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { alterError, alterReply, alterRequest, errorReply } from '../../defects.ts';

type Plain = Record<string, unknown>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasExtension = (value: unknown): boolean =>
  isPlain(value) && Object.keys(value).some((name) => name.startsWith('x-'));

/** Refuses what `picks` picks as bad parameters. */
const refusesWhere = (picks: (message: Message) => boolean) => () => (): Defect => ({
  request: (message, link) =>
    picks(message)
      ? link.toSession(errorReply(message.id, -32602, 'INVALID_ARGUMENT', 'FIELD'))
      : link.toEndpoint(message),
});

/** Alters where refusals of parameters point. */
const points = (alter: (field: string) => string | undefined) => () => () =>
  alterError(
    (data) => data['reason'] === 'FIELD',
    ({ data }) => {
      const field = alter(String(data['field']));
      if (field === undefined) delete data['field'];
      else data['field'] = field;
    },
  );

/** Alters params of every form before the endpoint sees them, the wrong ones above all. */
// biome-ignore lint/suspicious/noExplicitAny: a defect reaches into params of every shape
const swallows = (method: string, alter: (params: any) => unknown): Defect => ({
  request: (message, link) =>
    link.toEndpoint(
      message.method === method && isPlain(message.params)
        ? { ...message, params: alter(message.params) }
        : message,
    ),
});

/** An object with its known members and its extensions alone. */
const known = (value: unknown, names: readonly string[]): unknown =>
  isPlain(value)
    ? Object.fromEntries(
        Object.entries(value).filter(([name]) => names.includes(name) || name.startsWith('x-')),
      )
    : value;

const mutant = (
  name: string,
  title: string,
  breaks: Mutant['breaks'],
  defect: Mutant['defect'],
): Mutant => ({ id: `SYS-CAP-005/${name}`, title, requirement: 'SYS-CAP-005', breaks, defect });

const WRITE = 'driver.memory.write';

export const extensionMutants: readonly Mutant[] = [
  mutant(
    'extension-refused',
    'refuses extension members',
    'SYS-CAP-005/ignored',
    refusesWhere(({ method, params }) => method !== 'system.initialize' && hasExtension(params)),
  ),
  mutant(
    'extension-refused-within',
    'refuses extension members in an object within the parameters',
    'SYS-CAP-005/ignored',
    refusesWhere(({ method, params }) => method === WRITE && hasExtension(params?.data)),
  ),
  mutant(
    'extension-refused-at-shutdown',
    'is not shut down by a request with an extension member',
    'SYS-CAP-005/ignored',
    refusesWhere(({ method, params }) => method === 'system.shutdown' && hasExtension(params)),
  ),
  mutant(
    'extension-refused-deep',
    'refuses extension members in a generator',
    'SYS-CAP-005/served',
    refusesWhere(({ method, params }) => method === WRITE && hasExtension(params?.data?.generator)),
  ),
  mutant(
    'extension-not-written',
    'answers a write with extension members and writes nothing',
    'SYS-CAP-005/effect',
    () => () => ({
      request: (message, link) =>
        message.method === WRITE && hasExtension(message.params)
          ? link.toSession({ jsonrpc: '2.0', id: message.id, result: {} })
          : link.toEndpoint(message),
    }),
  ),
  mutant(
    'extension-shifts',
    'writes one byte further where the data have extension members',
    'SYS-CAP-005/effect',
    () => () =>
      alterRequest(WRITE, (params) =>
        hasExtension(params.data) && params.offsetBytes === '0'
          ? { ...params, offsetBytes: '1' }
          : params,
      ),
  ),
  mutant(
    'extension-not-freed',
    'answers a free with extension members and frees nothing',
    'SYS-CAP-005/effect',
    () => () => ({
      request: (message, link) =>
        message.method === 'driver.memory.free' && hasExtension(message.params)
          ? link.toSession({ jsonrpc: '2.0', id: message.id, result: {} })
          : link.toEndpoint(message),
    }),
  ),
  mutant(
    'swallowed',
    'ignores every member that it does not know',
    'SYS-CAP-005/named',
    () => () => swallows('system.ping', () => ({})),
  ),
  mutant(
    'swallowed-within',
    'ignores members that it does not know in an object within the parameters',
    'SYS-CAP-005/named',
    () => () =>
      swallows(WRITE, (params) => ({
        ...params,
        data: known(params.data, ['base64', 'generator']),
      })),
  ),
  mutant(
    'capital-extension',
    'takes a name with a capital X for an extension',
    'SYS-CAP-005/named',
    () => () =>
      swallows('system.ping', (params) =>
        Object.fromEntries(Object.entries(params).filter(([name]) => !name.startsWith('X-'))),
      ),
  ),
  mutant(
    'other-code',
    'refuses a member that it does not know as a bad envelope',
    'SYS-CAP-005/named',
    () => () =>
      alterReply((reply) => {
        if (reply.error?.code === -32602) reply.error.code = -32600;
        return reply;
      }),
  ),
  mutant(
    'not-named',
    'does not say which member it refuses',
    'SYS-CAP-005/named',
    points(() => undefined),
  ),
  mutant(
    'object-named',
    'names the object that holds the member',
    'SYS-CAP-005/named',
    points((field) => field.slice(0, field.lastIndexOf('/'))),
  ),
  mutant(
    'last-part-named',
    'names the member without the way to it',
    'SYS-CAP-005/named',
    points((field) => field.slice(field.lastIndexOf('/'))),
  ),
  mutant(
    'pointer-unescaped',
    'does not escape what a pointer must escape',
    'SYS-CAP-005/named',
    points((field) => field.replaceAll('~1', '/').replaceAll('~0', '~')),
  ),
  mutant(
    'initialize-swallows',
    'ignores members of system.initialize that it does not know',
    'SYS-CAP-005/initialize-named',
    () => () =>
      swallows('system.initialize', (params) => known(params, ['protocolVersions', 'client'])),
  ),
  mutant(
    'initialize-stumbles',
    'refuses extension members of the client',
    'SYS-CAP-005/initialize-ignored',
    refusesWhere(
      ({ method, params }) => method === 'system.initialize' && hasExtension(params?.client),
    ),
  ),
];
