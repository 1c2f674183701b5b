// The chapters of the standard: the files of spec/, and what their pages are called.

export const CHAPTERS = [
  { source: 'README.md', file: 'reading.html' },
  { source: 'system.md', file: 'system.html' },
  { source: 'driver.md', file: 'driver.html' },
  { source: 'kernel.md', file: 'kernel.html' },
  { source: 'protocol.md', file: 'protocol.html' },
] as const;
