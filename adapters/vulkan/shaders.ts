// Shaders, their parameters and launches: one function for each native call, as in commands.ts.
import {
  BIND_POINT_COMPUTE,
  DESCRIPTOR_STORAGE_BUFFER,
  SHADER_STAGE_COMPUTE,
  WHOLE_SIZE,
} from './constants.ts';
import type { Handle, Vulkan } from './library.ts';
import { created } from './native.ts';

const NO_CACHE = 0n;

export const shadersOn = (vk: Vulkan) => ({
  createShader: (device: Handle, bytes: Uint8Array) =>
    created('vkCreateShaderModule', (shader) => {
      const info = vk.write('VkShaderModuleCreateInfo', {
        codeSize: BigInt(bytes.length),
        // Words, in memory of their own: they are to be aligned.
        pCode: new Uint32Array(Uint8Array.from(bytes).buffer),
      });
      return vk.vkCreateShaderModule(device, info, null, shader);
    }),
  destroyShader: (device: Handle, shader: Handle) => vk.vkDestroyShaderModule(device, shader, null),

  /** A set of `count` storage buffers. */
  createSetLayout: (device: Handle, count: number) =>
    created('vkCreateDescriptorSetLayout', (layout) => {
      const bindings = Array.from({ length: count }, (_, binding) =>
        vk.write('VkDescriptorSetLayoutBinding', {
          binding,
          descriptorType: DESCRIPTOR_STORAGE_BUFFER,
          descriptorCount: 1,
          stageFlags: SHADER_STAGE_COMPUTE,
        }),
      );
      const info = vk.write('VkDescriptorSetLayoutCreateInfo', {
        bindingCount: count,
        pBindings: Buffer.concat(bindings),
      });
      return vk.vkCreateDescriptorSetLayout(device, info, null, layout);
    }),
  destroySetLayout: (device: Handle, layout: Handle) =>
    vk.vkDestroyDescriptorSetLayout(device, layout, null),
  /** One such set, and as many bytes that are pushed. */
  createLayout: (device: Handle, set: Handle, pushed: number) =>
    created('vkCreatePipelineLayout', (layout) => {
      const range = { stageFlags: SHADER_STAGE_COMPUTE, offset: 0, size: pushed };
      const info = vk.write('VkPipelineLayoutCreateInfo', {
        setLayoutCount: 1,
        pSetLayouts: new BigUint64Array([set]),
        pushConstantRangeCount: pushed > 0 ? 1 : 0,
        pPushConstantRanges: vk.write('VkPushConstantRange', range),
      });
      return vk.vkCreatePipelineLayout(device, info, null, layout);
    }),
  destroyLayout: (device: Handle, layout: Handle) =>
    vk.vkDestroyPipelineLayout(device, layout, null),

  /** `constants`: the specialization constants from 0 on. */
  createPipeline: (
    device: Handle,
    shader: Handle,
    layout: Handle,
    name: string,
    constants: readonly number[],
  ) =>
    created('vkCreateComputePipelines', (pipeline) => {
      const entries = constants.map((_, constantID) =>
        vk.write('VkSpecializationMapEntry', { constantID, offset: constantID * 4, size: 4n }),
      );
      const pSpecializationInfo = vk.write('VkSpecializationInfo', {
        mapEntryCount: constants.length,
        pMapEntries: Buffer.concat(entries),
        dataSize: BigInt(constants.length * 4),
        pData: Uint32Array.from(constants),
      });
      const pName = Buffer.from(`${name}\0`);
      const stage = vk.read(
        'VkPipelineShaderStageCreateInfo',
        vk.write('VkPipelineShaderStageCreateInfo'),
      );
      const info = vk.write('VkComputePipelineCreateInfo', {
        stage: {
          ...stage,
          stage: SHADER_STAGE_COMPUTE,
          module: shader,
          pNext: null,
          pName,
          pSpecializationInfo,
        },
        layout,
        basePipelineIndex: -1,
      });
      return vk.vkCreateComputePipelines(device, NO_CACHE, 1, info, null, pipeline);
    }),
  destroyPipeline: (device: Handle, pipeline: Handle) =>
    vk.vkDestroyPipeline(device, pipeline, null),

  /** Room for one set of `count` storage buffers. */
  createSetPool: (device: Handle, count: number) =>
    created('vkCreateDescriptorPool', (pool) => {
      const size = { type: DESCRIPTOR_STORAGE_BUFFER, descriptorCount: count };
      const info = vk.write('VkDescriptorPoolCreateInfo', {
        maxSets: 1,
        poolSizeCount: count > 0 ? 1 : 0,
        pPoolSizes: vk.write('VkDescriptorPoolSize', size),
      });
      return vk.vkCreateDescriptorPool(device, info, null, pool);
    }),
  destroySetPool: (device: Handle, pool: Handle) => vk.vkDestroyDescriptorPool(device, pool, null),
  allocateSet: (device: Handle, descriptorPool: Handle, layout: Handle) =>
    created('vkAllocateDescriptorSets', (set) => {
      const info = vk.write('VkDescriptorSetAllocateInfo', {
        descriptorPool,
        descriptorSetCount: 1,
        pSetLayouts: new BigUint64Array([layout]),
      });
      return vk.vkAllocateDescriptorSets(device, info, set);
    }),
  /** Binds a whole buffer. */
  updateSet: (device: Handle, dstSet: Handle, dstBinding: number, buffer: Handle) => {
    const range = { buffer, offset: 0n, range: WHOLE_SIZE };
    const info = vk.write('VkWriteDescriptorSet', {
      dstSet,
      dstBinding,
      descriptorCount: 1,
      descriptorType: DESCRIPTOR_STORAGE_BUFFER,
      pBufferInfo: vk.write('VkDescriptorBufferInfo', range),
    });
    vk.vkUpdateDescriptorSets(device, 1, info, 0, null);
  },

  bindPipeline: (commands: Handle, pipeline: Handle) =>
    vk.vkCmdBindPipeline(commands, BIND_POINT_COMPUTE, pipeline),
  bindSet: (commands: Handle, layout: Handle, set: Handle) => {
    const sets = new BigUint64Array([set]);
    vk.vkCmdBindDescriptorSets(commands, BIND_POINT_COMPUTE, layout, 0, 1, sets, 0, null);
  },
  push: (commands: Handle, layout: Handle, bytes: Uint8Array) =>
    vk.vkCmdPushConstants(commands, layout, SHADER_STAGE_COMPUTE, 0, bytes.length, bytes),
  dispatch: (commands: Handle, x: number, y: number, z: number) =>
    vk.vkCmdDispatch(commands, x, y, z),
});
