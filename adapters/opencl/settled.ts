// How an event is waited for while other calls are served. clWaitForEvents would keep them waiting, and in a
// thread of its own could be ended by nobody: neither by system.cancel nor by the end of the session.
import type { WorkState } from '../../schemas/generated/types.ts';
import { type Patience, pollWhilePending } from '../kit/waiting.ts';
import type { Commands } from './commands.ts';
import type { Pointer } from './library.ts';

/**
 * How far an event is, when it is pending no more or the call may wait no longer. `flush` is what
 * clWaitForEvents does implicitly, and so does each look that stands in its place.
 */
export const settled = async (
  commands: Commands,
  event: Pointer,
  flush: () => void,
  patience: Patience,
): Promise<WorkState> => {
  const look = (): WorkState => {
    flush();
    return commands.stateOf(event);
  };
  commands.retainEvent(event);
  try {
    const state = await pollWhilePending(look, patience);
    // To see that a command is complete "is not a synchronization point"; to have waited for it is one.
    if (state === 'complete') commands.waitFor(event);
    return state;
  } finally {
    commands.releaseEvent(event);
  }
};
