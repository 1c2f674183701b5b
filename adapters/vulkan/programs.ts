// Programs of a device: a shader, what its parameters are bound by, and a pipeline for each group size that it was
// launched with, since that is part of a shader. All of it lives as long as launches need it.
import type { Extent } from '../../schemas/generated/types.ts';
import type { Bound } from './buffers.ts';
import type { Commands } from './commands.ts';
import { Kept } from './kept.ts';
import type { Handle } from './library.ts';
import type { Recording } from './recording.ts';
import type { Shape } from './spirv.ts';

export interface Program {
  readonly shape: Shape;
  readonly shader: Handle;
  readonly setLayout: Handle;
  readonly layout: Handle;
  readonly pipelines: Map<string, Handle>;
  readonly kept: Kept;
}

/** A launch that may be asked for. */
export interface Launch {
  readonly name: string;
  readonly groups: Extent;
  readonly groupSize: Extent;
  readonly buffers: readonly Pick<Bound, 'buffer' | 'kept'>[];
  readonly numbers: readonly Uint8Array[];
  readonly locals: readonly number[];
}

/** How many bytes are pushed: Vulkan counts them in words. */
const pushedBy = ({ numbers }: Shape): number =>
  Math.ceil(numbers.reduce((most, { offset, size }) => Math.max(most, offset + size), 0) / 4) * 4;

export const programsOn = (commands: Commands, device: Handle) => {
  const pipelineOf = (program: Program, { name, groupSize, locals }: Launch): Handle => {
    const constants = [groupSize.x, groupSize.y, groupSize.z, ...locals];
    const key = `${name} ${constants.join(' ')}`;
    const { shader, layout, pipelines } = program;
    const before = pipelines.get(key);
    if (before !== undefined) return before;
    const now = commands.createPipeline(device, shader, layout, name, constants);
    pipelines.set(key, now);
    return now;
  };

  /** A set with the buffers, in a pool of its own that goes with the recording. */
  const setOf = ({ setLayout }: Program, { buffers }: Launch, recording: Recording): Handle => {
    const pool = commands.createSetPool(device, buffers.length);
    recording.named.push(new Kept(() => commands.destroySetPool(device, pool)));
    const set = commands.allocateSet(device, pool, setLayout);
    for (const [binding, { buffer, kept }] of buffers.entries()) {
      commands.updateSet(device, set, binding, buffer);
      recording.named.push(kept.keep());
    }
    return set;
  };

  return {
    create: (bytes: Uint8Array, shape: Shape): Program => {
      const shader = commands.createShader(device, bytes);
      const setLayout = commands.createSetLayout(device, shape.buffers);
      const layout = commands.createLayout(device, setLayout, pushedBy(shape));
      const pipelines = new Map<string, Handle>();
      const kept = new Kept(() => {
        for (const pipeline of pipelines.values()) commands.destroyPipeline(device, pipeline);
        commands.destroyLayout(device, layout);
        commands.destroySetLayout(device, setLayout);
        commands.destroyShader(device, shader);
      });
      return { shape, shader, setLayout, layout, pipelines, kept };
    },
    launch: (recording: Recording, program: Program, launch: Launch): void => {
      const pipeline = pipelineOf(program, launch);
      recording.named.push(program.kept.keep());
      const pushed = Buffer.alloc(pushedBy(program.shape));
      for (const [index, bytes] of launch.numbers.entries()) {
        pushed.set(bytes, program.shape.numbers[index]?.offset);
      }
      const { groups } = launch;
      commands.bindPipeline(recording.commands, pipeline);
      if (launch.buffers.length > 0) {
        const set = setOf(program, launch, recording);
        commands.bindSet(recording.commands, program.layout, set);
      }
      if (pushed.length > 0) commands.push(recording.commands, program.layout, pushed);
      commands.dispatch(recording.commands, groups.x, groups.y, groups.z);
    },
  };
};

export type Programs = ReturnType<typeof programsOn>;
