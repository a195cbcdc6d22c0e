import { watchPresence } from '../../sip/watch-presence.ts';
import { type Told, placeOfNote } from '../lamp-states.ts';
import { now } from '../measure.ts';
import { serveThread } from '../thread.ts';

/** What a telephone that is subscribed to an extension was told of its lamp. */
await serveThread<'phone'>(async (data) => {
  let notified: Told[] = [];
  await watchPresence({
    ...data,
    onNotify({ note }) {
      notified.push({ exten: data.extension, place: placeOfNote(note), at: now() });
    },
  });
  return () => {
    const told = notified;
    notified = [];
    return told;
  };
});
