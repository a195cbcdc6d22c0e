import { openBoardClient } from '../clients/board-client.ts';
import { waitUntil } from '../processes/wait-until.ts';

/** Of the demo's office, all in Support; minutes. */
const OVERDUE = [
  { exten: '1102', minutes: 12, state: 'away', subtype: 'Lunch', message: '' },
  {
    exten: '1109',
    minutes: 75,
    state: 'xa',
    subtype: '',
    message: 'At the dentist, urgent matters to Priya',
  },
] as const;

/** Some are later than they said, as in any office. */
export async function setOverdueReturnTimes(gateway: { url: string }): Promise<void> {
  const board = await openBoardClient(gateway);
  for (const { exten, minutes, ...presence } of OVERDUE) {
    const id = `${exten}@default`;
    // The office may have changed it meanwhile, and leaves alone whom somebody has set.
    await waitUntil({
      description: `${id} to be late`,
      probe: async () => {
        const returnTime = { at: Date.now() - minutes * 60_000, thenState: null };
        return (await board.command('set-presence', { id, presence, base: board.presence(id), returnTime }))
          .ok;
      },
    });
  }
  board.close();
}
