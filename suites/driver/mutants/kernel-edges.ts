// Known-bad drivers: modules, names and launches that are wrong at one end alone, and copies between devices that are
// (DRV-KRN-002, -003, -005, -006 and -011; DRV-P2P-002 and -003).
import type { Defect, Mutant } from '../../../core/mutant.ts';
import { admitRefused, alterReply, alterRequest, answer } from '../../defects.ts';
import { isBuilt, moduleOf } from '../kernel/formats.ts';
import { GET, LOAD, launchesOtherwise, UNLOAD } from './kernel-defects.ts';

const PEER_COPY = 'driver.peer.copy';
const PIECE = 65_536;

/** How much of a module may be missing that it does not look at. */
const END = 3;

/** Takes modules that lack no more than their last bytes. */
const takesCut = (): Defect =>
  admitRefused(
    (data, request) => {
      const { format, base64 = '' } = request?.params ?? {};
      if (data['reason'] !== 'MODULE_INVALID' || !isBuilt(format)) return false;
      const missing = moduleOf('copy', format).length - Buffer.byteLength(base64, 'base64');
      return missing > 0 && missing <= END;
    },
    { module: 'module_0000000000000000' },
  );

/** Ends with a module all that were loaded of the same bytes. */
const unloadsAlike = (): Defect => {
  const loaded = new Map<unknown, string>();
  return {
    request: (message, link) => {
      const { module } = message.params ?? {};
      const alike = [...loaded.keys()].filter(
        (one) => one !== module && loaded.get(one) === loaded.get(module),
      );
      if (message.method !== UNLOAD) {
        link.toEndpoint(message);
        return;
      }
      const calls = alike.map((one) => link.call(UNLOAD, { module: one }));
      void Promise.all(calls).then(() => link.toEndpoint(message));
    },
    reply: (message, request, link) => {
      if (request?.method === LOAD && message.result) {
        loaded.set(message.result.module, request.params.base64);
      }
      link.toSession(message);
    },
  };
};

/** Copies also against the direction for which there is leave. */
const bothWays = (): Defect => {
  const owners = new Map<unknown, unknown>();
  const enabled = new Set<string>();
  return alterReply((reply, request) => {
    const { device, peer, source, destination } = request?.params ?? {};
    const pair = `${device} to ${peer}`;
    if (request?.method === 'driver.memory.allocate') owners.set(reply.result?.allocation, device);
    if (request?.method === 'driver.peer.enable') enabled.add(pair);
    if (request?.method === 'driver.peer.disable') enabled.delete(pair);
    const back = `${owners.get(destination?.allocation)} to ${owners.get(source?.allocation)}`;
    return request?.method === PEER_COPY && reply.error && enabled.has(back)
      ? answer(reply, {})
      : reply;
  });
};

export const kernelEdgeMutants: readonly Mutant[] = [
  {
    id: 'DRV-KRN-002/end-unread',
    title: `takes a module that lacks its last ${END} bytes`,
    requirement: 'DRV-KRN-002',
    breaks: 'DRV-KRN-002/refused',
    defect: () => takesCut,
  },
  {
    id: 'DRV-KRN-003/ending',
    title: 'compares the end of a name alone',
    requirement: 'DRV-KRN-003',
    breaks: 'DRV-KRN-003/unknown',
    defect: () => () =>
      alterRequest(GET, (params) =>
        params.name.endsWith('copy') ? { ...params, name: 'copy' } : params,
      ),
  },
  {
    id: 'DRV-KRN-003/part',
    title: 'gives the kernel whose name ends as it is told',
    requirement: 'DRV-KRN-003',
    breaks: 'DRV-KRN-003/unknown',
    defect: () => () =>
      alterRequest(GET, (params) =>
        'copy'.endsWith(params.name) ? { ...params, name: 'copy' } : params,
      ),
  },
  {
    id: 'DRV-KRN-005/flat',
    title: 'counts the items of a group in two dimensions',
    requirement: 'DRV-KRN-005',
    breaks: 'DRV-KRN-005/above',
    defect: () => () =>
      admitRefused((data, request) => {
        const { x, z } = request?.params.groupSize ?? {};
        return data['reason'] === 'LAUNCH_GEOMETRY' && x > 1 && z > 1;
      }),
  },
  {
    id: 'DRV-KRN-006/few-groups',
    title: 'counts groups in 12 bits, and leaves out what is more',
    requirement: 'DRV-KRN-006',
    breaks: 'DRV-KRN-006/copy-result',
    defect: () =>
      launchesOtherwise('copy', ({ groups }) => {
        groups.x = Math.min(groups.x, 4096);
      }),
  },
  {
    id: 'DRV-KRN-011/unloads-alike',
    title: 'ends with a module each that has the same bytes',
    requirement: 'DRV-KRN-011',
    breaks: 'DRV-KRN-011/serving',
    defect: () => unloadsAlike,
  },
  {
    id: 'DRV-P2P-002/one-piece',
    title: 'copies the first 64 KiB of what is larger',
    requirement: 'DRV-P2P-002',
    breaks: 'DRV-P2P-002/exact',
    defect: () => () =>
      alterRequest(PEER_COPY, (params) => ({
        ...params,
        lengthBytes: String(Math.min(Number(params.lengthBytes), PIECE)),
      })),
  },
  {
    id: 'DRV-P2P-003/both-ways',
    title: 'copies between a pair that is disabled where the other way is enabled',
    requirement: 'DRV-P2P-003',
    breaks: 'DRV-P2P-003/refused',
    defect: () => bothWays,
  },
];
