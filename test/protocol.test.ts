// The protocol reference's example exchanges are real: each is had with the reference endpoint, with its
// own ids in place of the example's.

import { join } from 'node:path';
import { expect } from 'chai';
import type { Case, Context } from '../core/case.ts';
import { tensor } from '../core/onnx/tensor.ts';
import { METHODS, type MethodName, type Methods } from '../schemas/generated/standard.ts';
import { loadParams, modelOf, node, value } from '../suites/framework/models.ts';
import { REFERENCE, runInto, temporaryFolder } from './support.ts';

/** The names of all members, and of the members of members. */
const shape = (value: unknown): unknown => {
  // A list of names may be empty; a list of things has one, to be compared.
  if (Array.isArray(value))
    return value.map(shape).filter((one) => typeof one === 'object')[0] ?? [];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, shape((value as Record<string, unknown>)[name])]),
  );
};

/** What names differ in from one endpoint to another. */
const OPEN = new Set(['capabilities', 'methods', 'runtimeVersions']);

const comparable = (method: MethodName, value: object): unknown =>
  method === 'system.initialize'
    ? shape(Object.fromEntries(Object.entries(value).filter(([name]) => !OPEN.has(name))))
    : shape(value);

/** Handles of what was made, by their kind. */
type Made = Record<string, readonly string[]>;

const actual = (text: string, device: string, made: Made): unknown =>
  JSON.parse(
    text
      .replaceAll('example-0', device)
      .replace(/([a-z]+)_q1w2e3r4t5y6-(\d)/g, (_, kind: string, digit) => {
        return made[kind]?.[Number(digit) - 1] ?? '';
      }),
  );

/** Two allocations that hold what the example of a digest digests. */
const allocations = async (context: Context, device: string): Promise<string[]> => {
  const handles: string[] = [];
  for (let count = 0; count < 2; count += 1) {
    const { allocation } = await context.given('driver.memory.allocate', {
      device,
      sizeBytes: '4096',
    });
    handles.push(allocation);
    await context.given('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { base64: 'AAECAw==' },
    });
  }
  return handles;
};

/** A stream, two events of the kind that a method takes, and a graph; or a capture that is to be ended. */
const work = async (context: Context, method: MethodName, device: string): Promise<Made> => {
  const { stream } = await context.given('driver.stream.create', { device });
  const host = method.startsWith('driver.event.host.') || method === 'driver.stream.callback';
  const timed = method.startsWith('driver.event.timing.');
  const plain = timed ? 'driver.event.timing.create' : 'driver.event.create';
  const create = host ? 'driver.event.host.create' : plain;
  const events = [];
  for (let count = 0; count < 2; count += 1) {
    const { event } = await context.given(create, { device });
    if (timed) {
      await context.given('driver.event.record', { event, stream });
      await context.given('driver.event.synchronize', { event });
    }
    events.push(event);
  }
  const graphs = [];
  if (method.startsWith('driver.stream.graph.') && method !== 'driver.stream.graph.begin') {
    await context.given('driver.stream.graph.begin', { stream });
    if (method !== 'driver.stream.graph.end') {
      graphs.push((await context.given('driver.stream.graph.end', { stream })).graph);
    }
  }
  return { stream: [stream], event: events, graph: graphs };
};

/** Host memory that holds what the example reads; memory that is managed, ordered, mapped or shared. */
const otherMemory = async (
  context: Context,
  method: MethodName,
  device: string,
): Promise<{ made: Made; share?: string }> => {
  const sizeBytes = '65536';
  if (method === 'driver.memory.import') {
    const { allocation } = await context.given('driver.memory.allocate', { device, sizeBytes });
    const { share } = await context.given('driver.memory.export', { allocation });
    return { made: {}, share };
  }
  if (method.startsWith('driver.memory.managed.') && !method.endsWith('allocate')) {
    const managed = await context.given('driver.memory.managed.allocate', { device, sizeBytes });
    return { made: { allocation: [managed.allocation] } };
  }
  if (method === 'driver.memory.ordered.free') {
    const { stream } = await context.given('driver.stream.create', { device });
    const ordered = await context.given('driver.memory.ordered.allocate', { stream, sizeBytes });
    return { made: { allocation: [ordered.allocation] } };
  }
  if (method.startsWith('driver.memory.virtual.')) {
    const both = { device, sizeBytes };
    const { allocation } = await context.given('driver.memory.virtual.reserve', both);
    const { physical } = await context.given('driver.memory.virtual.create', both);
    if (method === 'driver.memory.virtual.unmap') {
      const place = { allocation, offsetBytes: '0' };
      await context.given('driver.memory.virtual.map', { ...place, physical });
    }
    return { made: { allocation: [allocation], physical: [physical] } };
  }
  const { host } = await context.given('driver.memory.host.allocate', { sizeBytes });
  return { made: { host: [host] } };
};

/** The module of the example that loads one, and its kernel. */
const program = async (context: Context, device: string): Promise<Made> => {
  const { params } = METHODS['driver.module.load'].example;
  const given = actual(
    JSON.stringify(params),
    device,
    {},
  ) as Methods['driver.module.load']['params'];
  const { module } = await context.given('driver.module.load', given);
  const { kernel } = await context.given('driver.kernel.get', { module, name: 'nothing' });
  return { module: [module], kernel: [kernel] };
};

/** A model and a tensor, as the examples have them. */
const modelAndTensor = async (context: Context): Promise<Made> => {
  const { model } = await context.given(
    'framework.model.load',
    METHODS['framework.model.load'].example.params as Methods['framework.model.load']['params'],
  );
  const { tensor } = await context.given(
    'framework.tensor.create',
    METHODS['framework.tensor.create'].example
      .params as Methods['framework.tensor.create']['params'],
  );
  return { model: [model], tensor: [tensor] };
};

/** A sum without the dimensions that were added up. */
const SCALAR = { keepdims: { int: 0 } };

/** A model with a weight, and a training of it, as the examples have them. */
const training = async (context: Context): Promise<Made> => {
  const { model } = await context.given(
    'framework.model.load',
    loadParams(
      modelOf({
        nodes: [node('Mul', ['x', 'w'], ['y']), node('ReduceSum', ['y'], ['loss'], SCALAR)],
        initializers: { w: tensor('float32', [2], [1, 1]) },
        inputs: [value('x', 'float32', [2])],
        outputs: [value('loss', 'float32', [])],
      }),
    ),
  );
  const { params } = METHODS['framework.training.begin'].example;
  const begun = await context.given('framework.training.begin', {
    ...(params as Methods['framework.training.begin']['params']),
    model,
  });
  return { model: [model], training: [begun.training] };
};

const exchange = async (context: Context, method: MethodName): Promise<void> => {
  if (method !== 'system.initialize') {
    await context.given('system.initialize', METHODS['system.initialize'].example.params as never);
  }
  const { params, result } = METHODS[method].example;
  let device = '';
  let peer = '';
  let named: string | undefined;
  let made: Made = {};
  if (method.startsWith('driver.')) {
    const { devices } = await context.given('driver.device.list', {});
    device = devices[0]?.device ?? '';
    peer = devices[1]?.device ?? '';
    const other = await otherMemory(context, method, device);
    named = other.share;
    made = {
      allocation: await allocations(context, device),
      ...(await work(context, method, device)),
      ...other.made,
      ...(await program(context, device)),
    };
    if (method === 'driver.peer.copy') {
      await context.given('driver.peer.enable', { device, peer });
    }
  }
  if (method.startsWith('framework.training.')) made = await training(context);
  else if (method.startsWith('framework.')) made = await modelAndTensor(context);
  const text = JSON.stringify(params).replaceAll('example-1', peer);
  const sent = actual(
    named === undefined ? text : text.replace('"q1w2e3r4t5y6"', JSON.stringify(named)),
    device,
    made,
  );
  const answer = await context.attempt('SYS-FRM-002/example', method, sent);
  const observed = answer.kind === 'result' ? comparable(method, answer.result as object) : answer;
  const expected = comparable(method, result);
  context.expectation('SYS-FRM-002/example', { expected, observed }, () => {
    expect(observed).to.deep.equal(expected);
    if (method === 'driver.memory.digest' || method === 'driver.memory.read') {
      expect((answer as { result: unknown }).result).to.deep.equal(result);
    }
  });
};

const cases = (Object.keys(METHODS) as MethodName[]).map(
  (method): Case => ({
    id: `SYS-FRM-002/${method}`,
    title: `the example of ${method}`,
    requirements: ['SYS-FRM-002'],
    expectations: ['SYS-FRM-002/example'],
    kind: 'cold',
    run: (context) => exchange(context, method),
  }),
);

describe('the examples of the protocol reference', () => {
  it('are exchanges that a conformant endpoint has', async () => {
    const results = await runInto(join(temporaryFolder(), 'run'), REFERENCE, cases);
    for (const result of results.values()) {
      expect(`${result.case} ${result.verdict} ${result.message}`).to.equal(`${result.case} pass `);
    }
    expect(results.size).to.equal(Object.keys(METHODS).length);
  });
});
