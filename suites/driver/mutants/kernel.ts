// Known-bad drivers: what they load, under which names, and how they take launches (DRV-KRN-001 to -005 and -011).
import type { Mutant } from '../../../core/mutant.ts';
import {
  admitRefused,
  alterError,
  alterRequest,
  answer,
  errorReply,
  hasNoRoomFor,
  noRoom,
  servesRefused,
} from '../../defects.ts';
import { isBuilt, moduleOf } from '../kernel/formats.ts';
import {
  carriesOutAndRefuses,
  fails,
  forgets,
  GET,
  LAUNCH,
  LOAD,
  launches,
  launchesOtherwise,
  UNLOAD,
} from './kernel-defects.ts';
import { alterDevice } from './visible.ts';

const WAIT = 'driver.stream.waitEvent';
const SIGNAL = 'driver.event.host.signal';

const loadMutants: readonly Mutant[] = [
  {
    id: 'DRV-KRN-001/own-form',
    title: 'takes programs in a form of its own alone',
    requirement: 'DRV-KRN-001',
    breaks: 'DRV-KRN-001/portable',
    defect: () => () =>
      alterDevice((device) => ({ ...device, programFormats: ['example-binary-7'] })),
  },
  {
    id: 'DRV-KRN-001/describes-none',
    title: 'declares kernels, and describes them for no device',
    requirement: 'DRV-KRN-001',
    breaks: 'DRV-KRN-001/portable',
    defect: () => () => alterDevice(({ kernels: _kernels, ...device }) => device),
  },
  {
    id: 'DRV-KRN-001/does-not-load',
    title: 'has no room for a module',
    requirement: 'DRV-KRN-001',
    breaks: 'DRV-KRN-001/run',
    defect: () => hasNoRoomFor(LOAD),
  },
  {
    id: 'DRV-KRN-001/does-not-give',
    title: 'loads a module and gives no kernel of it',
    requirement: 'DRV-KRN-001',
    breaks: 'DRV-KRN-001/run',
    defect: () => hasNoRoomFor(GET),
  },
  {
    id: 'DRV-KRN-001/does-not-launch',
    title: 'has no room for a launch',
    requirement: 'DRV-KRN-001',
    breaks: 'DRV-KRN-001/run',
    defect: () => hasNoRoomFor(LAUNCH),
  },
  {
    id: 'DRV-KRN-001/fails',
    title: 'says that streams with launches fail',
    requirement: 'DRV-KRN-001',
    breaks: 'DRV-KRN-001/run',
    defect: () => fails,
  },
  {
    id: 'DRV-KRN-001/forgets',
    title: 'takes a launch and does not carry it out',
    requirement: 'DRV-KRN-001',
    breaks: 'DRV-KRN-001/in-turn',
    defect: () => forgets('copy'),
  },
  {
    id: 'DRV-KRN-001/waits-for-nobody',
    title: 'carries out launches in a stream of their own',
    requirement: 'DRV-KRN-001',
    breaks: 'DRV-KRN-001/held',
    defect: () => () => {
      let device: unknown;
      return {
        request: (message, link) => {
          if (message.method === 'driver.stream.create') device = message.params.device;
          if (message.method !== LAUNCH) {
            link.toEndpoint(message);
            return;
          }
          void link.call('driver.stream.create', { device }).then(async ({ result }) => {
            await link.call(LAUNCH, { ...message.params, stream: result.stream });
            await link.call('driver.stream.synchronize', { stream: result.stream });
            await link.call('driver.stream.destroy', { stream: result.stream });
            link.toSession(answer(message, {}));
          });
        },
      };
    },
  },
  {
    id: 'DRV-KRN-001/forgets-held',
    title: 'forgets launches that were put into a stream while it was held',
    requirement: 'DRV-KRN-001',
    breaks: 'DRV-KRN-001/after',
    defect: () => () => {
      let held = false;
      return {
        request: (message, link) => {
          if (message.method === WAIT) held = true;
          if (message.method === SIGNAL) held = false;
          if (held && message.method === LAUNCH) link.toSession(answer(message, {}));
          else link.toEndpoint(message);
        },
      };
    },
  },
];

const invalidMutants: readonly Mutant[] = [
  {
    id: 'DRV-KRN-002/takes-all',
    title: 'takes whatever it is given for a module',
    requirement: 'DRV-KRN-002',
    breaks: 'DRV-KRN-002/refused',
    defect: () => () =>
      admitRefused(({ reason }) => reason === 'MODULE_INVALID', {
        module: 'module_q1w2e3r4t5y6-1',
      }),
  },
  {
    id: 'DRV-KRN-002/without-end',
    title: 'takes a module that lacks less than four bytes at its end',
    requirement: 'DRV-KRN-002',
    breaks: 'DRV-KRN-002/refused',
    defect: () => () =>
      admitRefused(
        ({ reason }, request) => {
          const { format, base64 } = request?.params ?? {};
          if (reason !== 'MODULE_INVALID' || !isBuilt(format)) return false;
          const [whole, given] = [moduleOf('copy', format), Buffer.from(base64, 'base64')];
          return given.length < whole.length && given.length > whole.length - 4;
        },
        { module: 'module_q1w2e3r4t5y6-1' },
      ),
  },
  {
    id: 'DRV-KRN-002/guesses-form',
    title: 'takes a module in a form that it does not list for one in a form that it does',
    requirement: 'DRV-KRN-002',
    breaks: 'DRV-KRN-002/refused',
    defect: () => () => {
      let known: unknown;
      return {
        request: (message, link) => {
          const stranger = String(message.params?.format).startsWith('no-such-form');
          link.toEndpoint(
            message.method === LOAD && stranger
              ? { ...message, params: { ...message.params, format: known } }
              : message,
          );
        },
        reply: (message, request, link) => {
          if (request?.method === 'driver.device.list') {
            known = message.result?.devices[0]?.programFormats[0];
          }
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'DRV-KRN-002/dies',
    title: 'dies of a module that is not valid',
    requirement: 'DRV-KRN-002',
    breaks: 'DRV-KRN-002/refused',
    defect: () => () => ({
      reply: (message, _request, link) => {
        if (message.error?.data?.reason === 'MODULE_INVALID') link.kill();
        else link.toSession(message);
      },
    }),
  },
  {
    id: 'DRV-KRN-002/blames-itself',
    title: 'says that it failed itself where a module is not valid',
    requirement: 'DRV-KRN-002',
    breaks: 'DRV-KRN-002/refused',
    defect: () => () =>
      alterError(
        ({ reason }) => reason === 'MODULE_INVALID',
        (error) => {
          error.code = -32603;
          Object.assign(error.data, { canonical: 'INTERNAL', reason: 'INTERNAL' });
        },
      ),
  },
  {
    id: 'DRV-KRN-002/sulks',
    title: 'loads no module once one was not valid',
    requirement: 'DRV-KRN-002',
    breaks: 'DRV-KRN-002/serving',
    defect: () => () => {
      let refused = 0;
      return {
        reply: (message, request, link) => {
          if (message.error?.data?.reason === 'MODULE_INVALID') refused += 1;
          const sulks = refused > 0 && request?.method === LOAD && message.result;
          link.toSession(
            sulks ? errorReply(message.id, 2010, 'INVALID_ARGUMENT', 'MODULE_INVALID') : message,
          );
        },
      };
    },
  },
];

const nameMutants: readonly Mutant[] = [
  {
    id: 'DRV-KRN-003/only-one',
    title: 'gives the module’s only kernel, whatever its name',
    requirement: 'DRV-KRN-003',
    breaks: 'DRV-KRN-003/unknown',
    defect: () => () => alterRequest(GET, (params) => ({ ...params, name: 'copy' })),
  },
  {
    id: 'DRV-KRN-003/ignores-case',
    title: 'compares names without their case',
    requirement: 'DRV-KRN-003',
    breaks: 'DRV-KRN-003/unknown',
    defect: () => () =>
      alterRequest(GET, (params) => ({ ...params, name: params.name.toLowerCase() })),
  },
  {
    id: 'DRV-KRN-003/beginning',
    title: 'compares no more than the beginning of a name',
    requirement: 'DRV-KRN-003',
    breaks: 'DRV-KRN-003/unknown',
    defect: () => () =>
      alterRequest(GET, (params) => ({ ...params, name: params.name.slice(0, 4) })),
  },
  {
    id: 'DRV-KRN-003/other-reason',
    title: 'calls a name that is not there a handle that is not valid, and the call’s fault',
    requirement: 'DRV-KRN-003',
    breaks: 'DRV-KRN-003/unknown',
    defect: () => () =>
      alterError(
        ({ reason }) => reason === 'KERNEL',
        ({ data }) => Object.assign(data, { canonical: 'INVALID_ARGUMENT', reason: 'ARGUMENT' }),
      ),
  },
  {
    id: 'DRV-KRN-003/does-not-load',
    title: 'has no room for a module',
    requirement: 'DRV-KRN-003',
    breaks: 'DRV-KRN-003/loaded',
    defect: () => hasNoRoomFor(LOAD),
  },
];

/** Launches with fewer arguments than the kernel has, which the endpoint behind refuses. */
const isUnset = ({ reason }: Record<string, unknown>): boolean => reason === 'ARGS_UNSET';

const argumentMutants: readonly Mutant[] = [
  {
    id: 'DRV-KRN-004/admits-unset',
    title: 'takes a launch without all arguments',
    requirement: 'DRV-KRN-004',
    breaks: 'DRV-KRN-004/unset',
    defect: () => () => admitRefused(isUnset),
  },
  {
    id: 'DRV-KRN-004/other-canonical',
    title: 'calls a launch without all arguments out of range',
    requirement: 'DRV-KRN-004',
    breaks: 'DRV-KRN-004/unset',
    defect: () => () =>
      alterError(isUnset, ({ data }) => Object.assign(data, { canonical: 'OUT_OF_RANGE' })),
  },
  {
    id: 'DRV-KRN-004/remembers',
    title: 'takes what a launch leaves out from the launch before',
    requirement: 'DRV-KRN-004',
    breaks: 'DRV-KRN-004/unset-again',
    defect: () => {
      let before: unknown[] = [];
      return launchesOtherwise('copy', (params) => {
        params.arguments = [...params.arguments, ...before.slice(params.arguments.length)];
        before = params.arguments;
      });
    },
  },
  {
    id: 'DRV-KRN-004/drops-more',
    title: 'drops arguments that the kernel has no parameter for',
    requirement: 'DRV-KRN-004',
    breaks: 'DRV-KRN-004/more',
    defect: () =>
      launchesOtherwise('copy', (params) => {
        params.arguments = params.arguments.slice(0, 3);
      }),
  },
  {
    id: 'DRV-KRN-004/refuses-late',
    title: 'refuses a launch with an argument more when it has carried it out',
    requirement: 'DRV-KRN-004',
    breaks: 'DRV-KRN-004/nothing-put',
    defect: () =>
      carriesOutAndRefuses((params) =>
        params.arguments.length > 3
          ? { ...params, arguments: params.arguments.slice(0, 3) }
          : undefined,
      ),
  },
  {
    id: 'DRV-KRN-004/does-not-launch',
    title: 'has no room for a launch with all its arguments',
    requirement: 'DRV-KRN-004',
    breaks: 'DRV-KRN-004/run',
    defect: () =>
      launches('copy', (message, link) => {
        if (message.params.arguments.length === 3) link.toSession(noRoom(message.id));
        else link.toEndpoint(message);
      }),
  },
];

const handleMutants: readonly Mutant[] = [
  {
    id: 'DRV-KRN-011/does-not-unload',
    title: 'does not unload a module while a launch of it waits',
    requirement: 'DRV-KRN-011',
    breaks: 'DRV-KRN-011/unloaded',
    defect: () => hasNoRoomFor(UNLOAD),
  },
  {
    id: 'DRV-KRN-011/lives-on',
    title: 'keeps what was unloaded',
    requirement: 'DRV-KRN-011',
    breaks: 'DRV-KRN-011/gone',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method === UNLOAD) link.toSession(answer(message, {}));
        else link.toEndpoint(message);
      },
    }),
  },
  {
    id: 'DRV-KRN-011/kernels-live-on',
    title: 'ends a module and not its kernels',
    requirement: 'DRV-KRN-011',
    breaks: 'DRV-KRN-011/gone',
    defect: () => servesRefused('HANDLE_INVALID', LAUNCH),
  },
  {
    id: 'DRV-KRN-011/dies',
    title: 'dies of the next request when a module was unloaded',
    requirement: 'DRV-KRN-011',
    breaks: 'DRV-KRN-011/serving',
    defect: () => () => ({
      request: (message, link) => {
        if (message.method === 'system.ping') link.kill();
        else link.toEndpoint(message);
      },
    }),
  },
  {
    id: 'DRV-KRN-011/drops-launches',
    title: 'drops the launches of a module that is unloaded',
    requirement: 'DRV-KRN-011',
    breaks: 'DRV-KRN-011/carried-out',
    defect: () => () => {
      let unloaded = false;
      return {
        request: (message, link) => {
          if (message.method === UNLOAD) unloaded = true;
          if (message.method === LAUNCH && !unloaded) link.toSession(answer(message, {}));
          else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-KRN-011/does-not-launch',
    title: 'has no room for a launch in a stream that is held',
    requirement: 'DRV-KRN-011',
    breaks: 'DRV-KRN-011/run',
    defect: () => launches('copy', ({ id }, link) => link.toSession(noRoom(id))),
  },
  {
    id: 'DRV-KRN-011/shares-kernels',
    title: 'launches the kernels of any session in each',
    requirement: 'DRV-KRN-011',
    breaks: 'DRV-KRN-011/foreign',
    defect: () => servesRefused('HANDLE_INVALID', LAUNCH),
  },
  {
    id: 'DRV-KRN-011/unloads-for-all',
    title: 'refuses to unload another session’s module, and does it all the same',
    requirement: 'DRV-KRN-011',
    breaks: 'DRV-KRN-011/kept',
    defect: () => {
      const gone = new Set<unknown>();
      return () => ({
        reply: (message, request, link) => {
          const module: unknown = request?.params?.module;
          if (request?.method === UNLOAD && message.error) gone.add(module);
          const lost = request?.method === GET && message.result && gone.has(module);
          link.toSession(
            lost ? errorReply(message.id, 2002, 'NOT_FOUND', 'HANDLE_INVALID') : message,
          );
        },
      });
    },
  },
];

export const kernelMutants: readonly Mutant[] = [
  ...loadMutants,
  ...invalidMutants,
  ...nameMutants,
  ...argumentMutants,
  ...handleMutants,
];
