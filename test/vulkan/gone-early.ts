// A case whose client gives everything back while work that names it is held: whether the adapter destroys
// something too early, or never, is what a validation layer can see.
import { expect } from 'chai';
import type { Case } from '../../core/case.ts';

const SIZE = '4096';
const EXPECTATION = 'DRV-STR-006/destroyed';

export const goneEarly: Case = {
  id: 'DRV-STR-006/gone-early',
  title: 'handles that are given back while their work is held, and a session that ends before it',
  requirements: ['DRV-STR-006'],
  expectations: [EXPECTATION],
  kind: 'own',
  run: async (context) => {
    const { devices } = await context.given('driver.device.list', {});
    const [{ device } = { device: '' }] = devices;
    const stream = async () => (await context.given('driver.stream.create', { device })).stream;
    const memory = async () => {
      const { allocation } = await context.given('driver.memory.allocate', {
        device,
        sizeBytes: SIZE,
      });
      return allocation;
    };
    const held = async (into: string) => {
      const { event } = await context.given('driver.event.host.create', { device });
      await context.given('driver.stream.waitEvent', { stream: into, event });
      return event;
    };
    const [from, to] = [await memory(), await memory()];
    const copy = (into: string) =>
      context.given('driver.stream.copy', {
        stream: into,
        source: { allocation: from, offsetBytes: '0' },
        destination: { allocation: to, offsetBytes: '0' },
        lengthBytes: SIZE,
      });

    const [first, second] = [await stream(), await stream()];
    await context.given('driver.stream.graph.begin', { stream: first });
    await copy(first);
    await copy(first);
    const { graph } = await context.given('driver.stream.graph.end', { stream: first });
    const holds = await held(first);
    await copy(first);
    await context.given('driver.stream.graph.launch', { stream: first, graph });
    await context.given('driver.stream.graph.launch', { stream: first, graph });
    const { event } = await context.given('driver.event.create', { device });
    await context.given('driver.event.record', { stream: first, event });
    await context.given('driver.stream.waitEvent', { stream: second, event });
    await copy(second);
    const last = context.attempt(EXPECTATION, 'driver.stream.synchronize', { stream: second });
    const captured = await stream();
    await context.given('driver.stream.graph.begin', { stream: captured });
    await copy(captured);

    for (const one of [first, second, captured]) {
      await context.given('driver.stream.destroy', { stream: one });
    }
    await context.given('driver.stream.graph.destroy', { graph });
    await context.given('driver.event.destroy', { event });
    for (const allocation of [from, to]) await context.given('driver.memory.free', { allocation });
    await context.given('driver.event.host.signal', { event: holds });
    const answer = await last;
    context.expectation(
      EXPECTATION,
      { expected: 'complete', observed: JSON.stringify(answer) },
      () => expect(answer).to.have.nested.property('result.state', 'complete'),
    );
    await context.given('driver.event.destroy', { event: holds });

    const left = await stream();
    await held(left);
    const open = context.attempt(EXPECTATION, 'driver.stream.synchronize', { stream: left });
    await context.given('system.shutdown', {});
    await open;
  },
};
