import { openRawAmiReader } from '../../testkit/ami/raw-ami-client.ts';
import { USERS } from '../../testkit/pbx/pbx-under-test.ts';
import { type ReceivedText, lampReportsIn } from '../harness/state-log.ts';
import { now } from '../harness/measure.ts';
import { serveWorker } from '../harness/worker.ts';

/** Records received text only; it is parsed afterwards. */
await serveWorker<'sessions'>(async ({ port, count }) => {
  const sessions = await Promise.all(
    Array.from({ length: count }, async () => {
      const received: ReceivedText[] = [];
      const onBytes = (bytes: Buffer) => received.push({ timestamp: now(), text: bytes.toString('latin1') });
      await openRawAmiReader(port, USERS.lampboard, 'on', onBytes);
      return received;
    }),
  );
  return () => sessions.map((received) => lampReportsIn(received.splice(0)));
});
