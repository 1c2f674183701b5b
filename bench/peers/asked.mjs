// What each peer asks, and where: the bench tells it by the environment.
export const CASES = Number(process.env['BENCH_CASES']);
export const URL = process.env['BENCH_URL'] ?? '';
