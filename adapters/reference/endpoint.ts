// The reference as a process: `endpoint.js [reduced]`.
import { serve } from '../kit/serve.ts';
import { FULL, REDUCED, referenceDriver } from './driver.ts';

const reduced = process.argv[2] === 'reduced';

serve({
  name: 'causeway-reference',
  version: '0.1.0',
  open: ({ visibleDevices }) => referenceDriver(reduced ? REDUCED : FULL, visibleDevices),
});
