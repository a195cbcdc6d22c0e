import { openAmiLine } from '../ami-line.ts';
import { type Told, placeOfStatus } from '../lamp-states.ts';
import { now } from '../measure.ts';
import { serveThread } from '../thread.ts';

await serveThread<'ear'>(async ({ port, user }) => {
  let chunks: { at: number; bytes: Buffer }[] = [];
  await openAmiLine({
    port,
    user,
    hears: true,
    onBytes: (bytes) => chunks.push({ at: now(), bytes }),
  });
  return () => {
    const heard = lampsOf(chunks);
    chunks = [];
    return heard;
  };
});

/** The lamps that one AMI session was told; read afterwards, so that hearing costs next to nothing. */
function lampsOf(chunks: readonly { at: number; bytes: Buffer }[]): Told[] {
  const told: Told[] = [];
  let rest = '';
  for (const { at, bytes } of chunks) {
    const blocks = (rest + bytes.toString('latin1')).split('\r\n\r\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      if (!block.startsWith('Event: ExtensionStatus\r\n')) continue;
      const exten = /\r\nExten: (.*)/.exec(block)?.[1] ?? '';
      const status = /\r\nStatus: (\d+)/.exec(block)?.[1];
      told.push({ exten, place: placeOfStatus(Number(status)), at });
    }
  }
  return told;
}
