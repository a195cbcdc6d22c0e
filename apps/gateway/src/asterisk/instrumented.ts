import type { AmiListener } from '@lampboard/ami';
import type { Clock } from '../platform/clock.ts';
import type { SnapshotLoader } from './snapshot-loader.ts';
import type { Metrics } from '../metrics/metrics.ts';

/** The same, with all that comes in from Asterisk counted. */
export function countAmi(listener: AmiListener, metrics: Metrics): AmiListener {
  return {
    onState(state) {
      metrics.amiState(state.kind);
      listener.onState(state);
    },
    onEvent(event) {
      metrics.amiEvent(event.name);
      listener.onEvent(event);
    },
    onUntrustedEvent(headers) {
      metrics.amiUntrusted();
      listener.onUntrustedEvent(headers);
    },
    onResyncNeeded: listener.onResyncNeeded,
  };
}

/** The same, with the time taken that each list takes. */
export function timeLists(
  lister: SnapshotLoader,
  metrics: Metrics,
  { monotonic: elapsed }: Clock,
): SnapshotLoader {
  return {
    ...lister,
    async load(options) {
      const startedAt = elapsed();
      const result = await lister.load(options);
      metrics.listCompleted(elapsed() - startedAt, result.ok);
      return result;
    },
  };
}
