// The reference as a process: `endpoint.cjs [reduced]`.
import { serve } from '../kit/serve.ts';
import { referenceAdapter } from './adapter.ts';
import { FULL, REDUCED } from './driver.ts';

serve(referenceAdapter(process.argv[2] === 'reduced' ? REDUCED : FULL));
