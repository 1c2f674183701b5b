// A report's data as it stands in the page: JSON, deflated, in base64, which no markup can be in. Deflated by a
// library of plain JavaScript, since reports are compared byte by byte, and node's own output differs by machine.
import { deflateSync } from 'fflate';

/** Smaller hardly, and slower. */
const LEVEL = 4;

export const packed = (json: string): string =>
  Buffer.from(deflateSync(Buffer.from(json), { level: LEVEL })).toString('base64');
