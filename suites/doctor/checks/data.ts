// Bytes on their way: where those of a message and those of a generator fare differently the adapter
// makes the difference; where both are lost, what stands behind it loses them.
import { ASKED } from '../cases.ts';
import { broken, type Check, type CheckId, notTried, sound } from '../check.ts';
import {
  type BrokenExpectation,
  type Examined,
  firstBroken,
  resultOf,
  shown,
  wasTried,
} from '../examined.ts';

const REST: readonly CheckId[] = ['starts', 'framing', 'ids', 'replies', 'answered', 'mapping'];

/** A comparison of bytes that broke; a refused call on the way is another check's. */
const lost = (examined: Examined, id: string): BrokenExpectation | undefined => {
  const found = firstBroken(examined, [id]);
  return found && /^\d+ bytes|^[0-9a-f]{64}$/.test(shown(found.expected)) ? found : undefined;
};

const why = (examined: Examined): string =>
  resultOf(examined, ASKED.literal)?.message || 'driver.memory is not declared';

export const generator: Check = {
  id: 'generator',
  side: 'adapter',
  title: 'bytes that a generator names are those of the published vectors',
  rests: REST,
  diagnose: (examined) => {
    const named = lost(examined, ASKED.generated);
    const literal = lost(examined, ASKED.literal);
    if (named && !literal) {
      const digest = named.id.endsWith('digest');
      return broken(
        `${digest ? 'digested' : 'written by generator and read'}: ${shown(named.observed)}; the same bytes in a message come back`,
        shown(named.expected),
        digest
          ? 'Digest with SHA-256 the bytes of the range, in lower-case hexadecimal.'
          : 'Compute SHAKE128 over the framed seed, the framed label and the number of the block (spec/system.md, section 9) and try spec/vectors/generator.json.',
      );
    }
    if (literal && !named) {
      return broken(
        `written by base64 and read: ${shown(literal.observed)}; the same bytes by generator come back`,
        shown(literal.expected),
        'Decode base64 with its padding, and pass on the length of the bytes, not of the text.',
      );
    }
    if (literal) return notTried('bytes of a message do not come back either: see data');
    const tried = wasTried(examined, ASKED.generated) && wasTried(examined, ASKED.literal);
    return tried ? sound('read and digested as published') : notTried(why(examined));
  },
};

export const data: Check = {
  id: 'data',
  side: 'product',
  title: 'memory gives back what was written',
  rests: REST,
  diagnose: (examined) => {
    const literal = lost(examined, ASKED.literal);
    if (literal && lost(examined, ASKED.generated)) {
      return broken(
        `written and read: ${shown(literal.observed)}, by base64 and by generator alike`,
        shown(literal.expected),
        'Write and read the same bytes with the native interface alone; where they come back, look at offset and length in the adapter.',
      );
    }
    const tried = wasTried(examined, ASKED.generated) && wasTried(examined, ASKED.literal);
    return tried ? sound('it does') : notTried(why(examined));
  },
};
