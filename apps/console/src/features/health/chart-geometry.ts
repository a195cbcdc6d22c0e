import { HEALTH_INTERVAL_MS } from '@lampboard/protocol';

/** The hour that is drawn, in milliseconds since 1970. */
export interface Hour {
  readonly from: number;
  readonly to: number;
}

/** Units of a drawing, whatever its size on the screen. */
export const WIDTH = 1000;
export const HEIGHT = 100;

/** One point of a line; null where there was nothing to tell. */
interface Sample {
  readonly timestamp: number;
  readonly value: number | null;
}

/** A point tells of the time since the one before: where more lies between them, nothing is known of it. */
const GAP_MS = 2.5 * HEALTH_INTERVAL_MS;

/** From 0 at the beginning of the hour to 1 at its end. */
export function fraction({ from, to }: Hour, timestamp: number): number {
  return (timestamp - from) / (to - from);
}

/** The first round number at or above: 1, 2 or 5 with zeros. */
export function niceMax(value: number, minTop: number): number {
  const target = Math.max(value, minTop);
  const power = 10 ** Math.floor(Math.log10(target));
  const factor = [1, 2, 5, 10].find((each) => each * power >= target) ?? 10;
  return factor * power;
}

/** What lies together without a gap. */
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

/** The paths of a line and of the area below it. */
export function linePaths(
  samples: readonly Sample[],
  hour: Hour,
  top: number,
): { line: string; area: string } {
  const x = (timestamp: number) => (fraction(hour, timestamp) * WIDTH).toFixed(1);
  const y = (value: number) => (HEIGHT - (value / top) * HEIGHT).toFixed(1);
  const segments = toSegments(samples).map((segment) => {
    const [first = { timestamp: 0, value: 0 }] = segment;
    // A point alone is drawn as long as the time that it tells of.
    const start = segment.length === 1 ? first.timestamp - HEALTH_INTERVAL_MS : first.timestamp;
    const line = [
      `M${x(start)} ${y(first.value)}`,
      ...segment.map(({ timestamp, value }) => `L${x(timestamp)} ${y(value)}`),
    ].join('');
    return { line, area: `${line}V${HEIGHT}H${x(start)}Z` };
  });
  return { line: segments.map(({ line }) => line).join(''), area: segments.map(({ area }) => area).join('') };
}

/** The path of a bar for each point that has something. */
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

/** Round times within the hour: every ten minutes. */
export function ticksOf({ from, to }: Hour): readonly number[] {
  const first = Math.ceil(from / TICK_MS) * TICK_MS;
  const ticks: number[] = [];
  for (let timestamp = first; timestamp <= to; timestamp += TICK_MS) ticks.push(timestamp);
  return ticks;
}
