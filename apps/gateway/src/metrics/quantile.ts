/** How many values were at most `bound`, those of all buckets before included. */
export type Bucket = readonly [bound: number, count: number];

/**
 * The value below which the share `q` of all lies, as Prometheus' histogram_quantile tells it: spread evenly over its
 * bucket, and the last finite bound where it lies beyond. Null where there are no values.
 */
export function quantile(q: number, buckets: readonly Bucket[]): number | null {
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total === 0) return null;
  let [lower, before] = [0, 0];
  for (const [bound, count] of buckets) {
    if (bound === Number.POSITIVE_INFINITY) break;
    if (count >= q * total) return lower + (bound - lower) * ((q * total - before) / (count - before));
    [lower, before] = [bound, count];
  }
  return lower;
}
