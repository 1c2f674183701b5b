// How long doctor goes on asking: an endpoint that only starts slowly is asked to the end, one that was
// late itself is left after less than a minute.

/** In seconds: of an endpoint that missed a deadline, or had to be ended. */
const WITH_LATE = 50;
/** In seconds: of any. */
const AT_MOST = 300;

export interface Patience {
  readonly signal: AbortSignal;
  /** The endpoint missed a deadline. */
  late(): void;
  /** Nothing more is to be asked. */
  enough(): void;
  /** Lets go of the event loop. */
  end(): void;
}

/** Begins to wait. */
export const patience = (interrupt: AbortSignal): Patience => {
  const controller = new AbortController();
  let late = false;
  let overdue = false;
  const settle = (): void => {
    if (late && overdue) controller.abort();
  };
  const first = setTimeout(() => {
    overdue = true;
    settle();
  }, 1000 * WITH_LATE);
  const last = setTimeout(() => controller.abort(), 1000 * AT_MOST);
  return {
    signal: AbortSignal.any([controller.signal, interrupt]),
    late: () => {
      late = true;
      settle();
    },
    enough: () => controller.abort(),
    end: () => {
      clearTimeout(first);
      clearTimeout(last);
    },
  };
};
