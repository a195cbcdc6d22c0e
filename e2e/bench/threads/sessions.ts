import { openAmiLine } from '../ami-line.ts';
import { type Came, toldByAsterisk } from '../lamp-states.ts';
import { now } from '../measure.ts';
import { serveThread } from '../thread.ts';

/** What comes is read afterwards, so that hearing costs next to nothing. */
await serveThread<'sessions'>(async ({ port, user, count }) => {
  const sessions = await Promise.all(
    Array.from({ length: count }, async () => {
      const came: Came[] = [];
      const onBytes = (bytes: Buffer) => came.push({ at: now(), text: bytes.toString('latin1') });
      await openAmiLine({ port, user, hears: true, onBytes });
      return came;
    }),
  );
  return () => sessions.map((came) => toldByAsterisk(came.splice(0)));
});
