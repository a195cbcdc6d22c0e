import type { AmiResult, AmiFields } from '@lampboard/ami';
import { expect, it } from 'vitest';
import { checkAsteriskClock, checkLocalClock } from './clock-check.ts';

const NOW = Date.UTC(2026, 6, 1, 12);
const DAY_MS = 86_400_000;

/** An Asterisk whose clock is off by so many milliseconds, or that has none to read. */
const asterisk = (offsetMs: number | null) => ({
  async send({ Variable: variable = '' }): Promise<AmiResult<AmiFields>> {
    const time = offsetMs === null ? '' : new Date(NOW + offsetMs).toISOString().slice(0, -1);
    return { ok: true, value: { value: variable.includes('%z') ? '+0200' : time } };
  },
});

it.each<[number | null, string[]]>([
  [0, ["ok Asterisk's clock agrees with that of this machine; Asterisk's time zone is +0200"]],
  [-1900, ["ok Asterisk's clock agrees with that of this machine; Asterisk's time zone is +0200"]],
  [90_000, ["warning Asterisk's clock is 90 s ahead of that of this machine; Asterisk's time zone is +0200"]],
  [-3000, ["warning Asterisk's clock is 3 s behind that of this machine; Asterisk's time zone is +0200"]],
  [null, []],
])('[DO14] a clock of Asterisk that is off by %j ms', async (offsetMs, expected) => {
  const findings = await checkAsteriskClock(asterisk(offsetMs), () => NOW);
  expect(findings.map(({ level, text }) => `${level} ${text}`)).toEqual(expected);
});

it('[DO14] warns of a clock that is behind the last run, whatever the system knows of it', async () => {
  expect(await checkLocalClock({ now: NOW, lastRunAt: NOW + 2 * DAY_MS })).toMatchObject({
    level: 'warning',
    text: expect.stringContaining('is more than a day behind the last run of Lampboard'),
  });
  for (const lastRunAt of [null, NOW - DAY_MS, NOW + DAY_MS / 2]) {
    const { text } = await checkLocalClock({ now: NOW, lastRunAt });
    expect(text).not.toContain('behind');
  }
});
