// One OpenCL platform as a process: `endpoint.cjs IMPLEMENTATION [PLATFORM]`. Whose platform it is says
// the environment that index.ts gives; PLATFORM chooses where that library shows several.
import { serve } from '../kit/serve.ts';
import { openClDriver } from './driver.ts';
import { refusing } from './errors.ts';
import { loadOpenCl } from './library.ts';

const [, , implementation = 'opencl', platform] = process.argv;

serve({
  name: 'causeway-opencl',
  version: '0.1.0',
  open: async () => {
    const index = platform === undefined ? undefined : Number(platform);
    const cl = await loadOpenCl();
    return refusing('system.initialize', () => openClDriver(cl, implementation, index));
  },
});
