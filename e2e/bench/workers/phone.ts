import { watchPresence } from '../../testkit/sip/presence-watcher.ts';
import { type LampReport, indexOfNote } from '../harness/state-log.ts';
import { now } from '../harness/measure.ts';
import { serveWorker } from '../harness/worker.ts';

await serveWorker<'phone'>(async (data) => {
  const notified: LampReport[] = [];
  await watchPresence({
    ...data,
    onNotify({ note }) {
      notified.push({ exten: data.extension, stateIndex: indexOfNote(note), timestamp: now() });
    },
  });
  return () => notified.splice(0);
});
