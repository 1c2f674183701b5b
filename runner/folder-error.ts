// A run's folder that is not what it should be: a fault of the input, told in one line.

/** The message says what was found and what to do. */
export class FolderError extends Error {}
