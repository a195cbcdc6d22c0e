import { HEALTH_INTERVAL_MS } from '@lampboard/protocol';

export interface Hour {
  readonly from: number;
  readonly to: number;
}

/** Units of the view box. */
export const WIDTH = 1000;
export const HEIGHT = 100;

interface Sample {
  readonly timestamp: number;
  readonly value: number | null;
}

/** Longer distances between samples are a gap. */
const GAP_MS = 2.5 * HEALTH_INTERVAL_MS;

/** 0 at the beginning of the hour, 1 at its end. */
export function fraction({ from, to }: Hour, timestamp: number): number {
  return (timestamp - from) / (to - from);
}

/** Rounds up to 1, 2 or 5 times a power of ten. */
export function niceMax(value: number, minTop: number): number {
  const target = Math.max(value, minTop);
  const power = 10 ** Math.floor(Math.log10(target));
  const factor = [1, 2, 5, 10].find((each) => each * power >= target) ?? 10;
  return factor * power;
}

/** Splits the samples at gaps. */
export function toSegments(
  samples: readonly Sample[],
): readonly (readonly { timestamp: number; value: number }[])[] {
  const segments: { timestamp: number; value: number }[][] = [];
  let before: Sample | undefined;
  for (const { timestamp, value } of samples) {
    const isContinuous =
      before !== undefined && before.value !== null && timestamp - before.timestamp <= GAP_MS;
    if (value !== null) {
      if (isContinuous) segments.at(-1)?.push({ timestamp, value });
      else segments.push([{ timestamp, value }]);
    }
    before = { timestamp, value };
  }
  return segments;
}

export function linePaths(
  samples: readonly Sample[],
  hour: Hour,
  top: number,
): { line: string; area: string } {
  const x = (timestamp: number) => (fraction(hour, timestamp) * WIDTH).toFixed(1);
  const y = (value: number) => (HEIGHT - (value / top) * HEIGHT).toFixed(1);
  const segments = toSegments(samples).map((segment) => {
    const [first = { timestamp: 0, value: 0 }] = segment;
    // A single sample is drawn as long as the interval that it covers.
    const start = segment.length === 1 ? first.timestamp - HEALTH_INTERVAL_MS : first.timestamp;
    const line = [
      `M${x(start)} ${y(first.value)}`,
      ...segment.map(({ timestamp, value }) => `L${x(timestamp)} ${y(value)}`),
    ].join('');
    return { line, area: `${line}V${HEIGHT}H${x(start)}Z` };
  });
  return { line: segments.map(({ line }) => line).join(''), area: segments.map(({ area }) => area).join('') };
}

export function barsPath(samples: readonly Sample[], hour: Hour, top: number): string {
  return samples
    .filter(({ value }) => value !== null && value > 0)
    .map(({ timestamp, value }) => {
      const x = (fraction(hour, timestamp - HEALTH_INTERVAL_MS / 2) * WIDTH).toFixed(1);
      return `M${x} ${HEIGHT}V${(HEIGHT - ((value ?? 0) / top) * HEIGHT).toFixed(1)}`;
    })
    .join('');
}

const TICK_MS = 10 * 60_000;

/** Returns every full ten minutes within the hour. */
export function ticksOf({ from, to }: Hour): readonly number[] {
  const first = Math.ceil(from / TICK_MS) * TICK_MS;
  const ticks: number[] = [];
  for (let timestamp = first; timestamp <= to; timestamp += TICK_MS) ticks.push(timestamp);
  return ticks;
}
