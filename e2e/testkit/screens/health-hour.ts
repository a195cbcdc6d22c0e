import {
  HEALTH_RETENTION_MS,
  HEALTH_INTERVAL_MS,
  type Health,
  type HealthSample,
  ONLY_PBX,
} from '@lampboard/protocol';

const STEPS = HEALTH_RETENTION_MS / HEALTH_INTERVAL_MS;
/** Asterisk is restarted, and later the gateway's machine is suspended. */
const OUTAGE = { from: 150, to: 163 };
const GAP = { from: 236, to: 244 };

/** Deterministic health data of a busy hour that ends at `time`. */
export function healthHour(time: number): Health {
  const timeOf = (step: number) => time - (STEPS - step) * HEALTH_INTERVAL_MS;
  const points = Array.from({ length: STEPS }, (_, step) => step + 1)
    .filter((step) => step <= GAP.from || step > GAP.to)
    .map((step) => pointOf(step, timeOf(step)));
  const link = [
    { startedAt: timeOf(0) - HEALTH_RETENTION_MS, reason: null },
    { startedAt: timeOf(OUTAGE.from), reason: 'unreachable' },
    { startedAt: timeOf(OUTAGE.to) - 4000, reason: 'booting' },
    { startedAt: timeOf(OUTAGE.to), reason: null },
  ] as const;
  const pbx = { id: ONLY_PBX, name: '', asterisk: 'pbx.example.com:5038', link };
  return { time, pbxs: [pbx], samples: points };
}

function pointOf(step: number, timestamp: number): HealthSample {
  const isDown = step > OUTAGE.from && step <= OUTAGE.to;
  const wave = (period: number, shift = 0) => Math.sin((step + shift) / period);
  const noise = Math.abs(wave(0.7) * wave(1.9) * wave(3.1));
  const busy = isDown ? 0 : 14 + 9 * wave(38) + 7 * noise;
  const updateLatency = isDown
    ? null
    : { p50: 0.5 + 0.25 * noise, p99: 1.8 + 1.2 * Math.abs(wave(21)) + 2.4 * noise };
  const failures: Record<string, number> = {};
  if (isDown && step % 3 === 0) failures['link-down'] = 2;
  if (step % 67 === 11) failures['conflict'] = 1;
  if (step > 298 && step < 304) failures['wrong-credentials'] = 3;
  return {
    timestamp,
    events: busy * 1.4,
    changes: busy,
    updateLatency,
    clients: Math.round(36 + 6 * wave(60) + (isDown ? 1 : 0)),
    failures,
    storeFailures: 0,
    cpu: 0.018 + busy * 0.0012 + 0.01 * noise,
    memory: 96e6 + 7e6 * Math.abs(wave(17)) + 3e6 * noise,
  };
}
