import { openBoard } from '../gateway/open-board.ts';
import { until } from '../processes/until.ts';

/** Of the demo's office, all in Support; minutes. */
const LATE = [
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
export async function someAreLate(gateway: { url: string }): Promise<void> {
  const board = await openBoard(gateway);
  for (const { exten, minutes, ...presence } of LATE) {
    const id = `${exten}@default`;
    // The office may have changed it meanwhile, and leaves alone whom somebody has set.
    await until({
      what: `${id} to be late`,
      probe: async () => {
        const back = { at: Date.now() - minutes * 60_000, next: null };
        return (await board.command('set-presence', { id, presence, base: board.presence(id), back })).ok;
      },
    });
  }
  board.close();
}
