// What names an allocation beside the methods of section 6: commands of streams, and what other capabilities bring. Who
// looks a handle up in one place must look it up in all of them.
import type { Context } from '../../../core/case.ts';
import { declares } from '../../../core/plan.ts';
import { type Bench, line, number } from '../kernel/bench.ts';
import { moduleOf } from '../kernel/formats.ts';

/** A method, and params that name the allocation in question. */
export type Use = readonly [method: string, params: object];

const LENGTH = '16';

/** Commands of a stream: each names `allocation`, and `own`, which is there, where a command has two. */
const commandsThatName = (allocation: string, own: string, stream: string): readonly Use[] => {
  const [place, ownPlace] = [allocation, own].map((one) => ({ allocation: one, offsetBytes: '0' }));
  const copy = { stream, lengthBytes: LENGTH };
  return [
    ['driver.stream.write', { stream, ...place, data: { base64: 'AAAA' } }],
    ['driver.stream.copy', { ...copy, source: place, destination: ownPlace }],
    ['driver.stream.copy', { ...copy, source: ownPlace, destination: place }],
  ];
};

/** The same, and what else names an allocation of the methods that the endpoint declares. */
export const usesOf = (
  { identity }: Context,
  allocation: string,
  own: string,
  stream: string,
): readonly Use[] => {
  const capabilities = identity?.capabilities ?? {};
  const place = { allocation, offsetBytes: '0' };
  const store = { ...place, data: { base64: 'AAAA' } };
  const load = { ...place, lengthBytes: Number(LENGTH) };
  const managed: readonly Use[] = [
    ['driver.memory.managed.store', store],
    ['driver.memory.managed.load', load],
  ];
  const ordered: readonly Use[] = [['driver.memory.ordered.free', { stream, allocation }]];
  const virtual: readonly Use[] = [['driver.memory.virtual.unmap', place]];
  const share: readonly Use[] = [['driver.memory.export', { allocation }]];
  return [
    ...commandsThatName(allocation, own, stream),
    ...(declares(capabilities, 'driver.memory.managed') ? managed : []),
    ...(declares(capabilities, 'driver.memory.ordered') ? ordered : []),
    ...(declares(capabilities, 'driver.memory.virtual') ? virtual : []),
    ...(declares(capabilities, 'driver.memory.share') ? share : []),
  ];
};

/** Launches of a kernel that is there, one that reads what `allocation` names and one that writes it. */
export const launchesOf = async (bench: Bench, allocation: string, own: string, stream: string) => {
  const { context, device, format } = bench;
  const base64 = moduleOf('copy', format).toString('base64');
  const { module } = await context.given('driver.module.load', { device, format, base64 });
  const kernel = await context.given('driver.kernel.get', { module, name: 'copy' });
  const size = bench.lineOf(kernel, 64);
  const launch = (from: string, to: string) => ({
    stream,
    kernel: kernel.kernel,
    groups: line(1),
    groupSize: line(size),
    arguments: [{ allocation: from }, { allocation: to }, number(size)],
  });
  return {
    launches: [launch(allocation, own), launch(own, allocation)],
    unload: () => context.given('driver.module.unload', { module }),
  };
};
