/** Milliseconds of the monotonic clock that all threads and processes of this machine share. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** NaN for no values. */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => percentile(values, 0.5);
export const medianAndP99 = (values: readonly number[]) =>
  [median(values), percentile(values, 0.99)] as const;

/** Milliseconds from each change to its time; infinite or NaN times remain. */
export const delaysAfter = (changes: readonly { readonly timestamp: number }[], times: readonly number[]) =>
  times.map((time, index) => time - (changes[index]?.timestamp ?? time));
