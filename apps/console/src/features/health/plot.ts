import { HEALTH_STEP_MS } from '@lampboard/protocol';

/** The hour that is drawn, in milliseconds since 1970. */
export interface Hour {
  readonly from: number;
  readonly to: number;
}

/** Units of a drawing, whatever its size on the screen. */
export const WIDTH = 1000;
export const HEIGHT = 100;

/** One point of a line; null where there was nothing to tell. */
interface Reading {
  readonly at: number;
  readonly value: number | null;
}

/** A point tells of the time since the one before: where more lies between them, nothing is known of it. */
const GAP_MS = 2.5 * HEALTH_STEP_MS;

/** From 0 at the beginning of the hour to 1 at its end. */
export function shareOf({ from, to }: Hour, at: number): number {
  return (at - from) / (to - from);
}

/** The first round number at or above: 1, 2 or 5 with zeros. */
export function roundTop(value: number, least: number): number {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5, 10].find((each) => each * power >= wanted) ?? 10;
  return factor * power;
}

/** What lies together without a gap. */
export function runsOf(readings: readonly Reading[]): readonly (readonly { at: number; value: number }[])[] {
  const runs: { at: number; value: number }[][] = [];
  let before: Reading | undefined;
  for (const { at, value } of readings) {
    const goesOn = before !== undefined && before.value !== null && at - before.at <= GAP_MS;
    if (value !== null) {
      if (goesOn) runs.at(-1)?.push({ at, value });
      else runs.push([{ at, value }]);
    }
    before = { at, value };
  }
  return runs;
}

/** The paths of a line and of the area below it. */
export function linePaths(
  readings: readonly Reading[],
  hour: Hour,
  top: number,
): { line: string; area: string } {
  const x = (at: number) => (shareOf(hour, at) * WIDTH).toFixed(1);
  const y = (value: number) => (HEIGHT - (value / top) * HEIGHT).toFixed(1);
  const runs = runsOf(readings).map((run) => {
    const [first = { at: 0, value: 0 }] = run;
    // A point alone is drawn as long as the time that it tells of.
    const begin = run.length === 1 ? first.at - HEALTH_STEP_MS : first.at;
    const line = [
      `M${x(begin)} ${y(first.value)}`,
      ...run.map(({ at, value }) => `L${x(at)} ${y(value)}`),
    ].join('');
    return { line, area: `${line}V${HEIGHT}H${x(begin)}Z` };
  });
  return { line: runs.map(({ line }) => line).join(''), area: runs.map(({ area }) => area).join('') };
}

/** The path of a bar for each point that has something. */
export function barsPath(readings: readonly Reading[], hour: Hour, top: number): string {
  return readings
    .filter(({ value }) => value !== null && value > 0)
    .map(({ at, value }) => {
      const x = (shareOf(hour, at - HEALTH_STEP_MS / 2) * WIDTH).toFixed(1);
      return `M${x} ${HEIGHT}V${(HEIGHT - ((value ?? 0) / top) * HEIGHT).toFixed(1)}`;
    })
    .join('');
}

const TICK_MS = 10 * 60_000;

/** Round times within the hour: every ten minutes. */
export function ticksOf({ from, to }: Hour): readonly number[] {
  const first = Math.ceil(from / TICK_MS) * TICK_MS;
  const ticks: number[] = [];
  for (let at = first; at <= to; at += TICK_MS) ticks.push(at);
  return ticks;
}
