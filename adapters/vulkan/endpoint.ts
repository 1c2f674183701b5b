// One Vulkan driver as a process: `endpoint.cjs IMPLEMENTATION`. Which driver it is says the environment
// that index.ts gives.
import { serve } from '../kit/serve.ts';
import { refusing } from './codes.ts';
import { vulkanDriver } from './driver.ts';
import { loadVulkan } from './library.ts';

const [, , implementation = 'vulkan'] = process.argv;

serve({
  name: 'causeway-vulkan',
  version: '0.1.0',
  open: async () => {
    const vk = await loadVulkan();
    return refusing('system.initialize', () => vulkanDriver(vk, implementation));
  },
});
