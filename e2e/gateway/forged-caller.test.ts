import { expect, it } from 'vitest';
import { connectRawAmi } from '../ami/raw-ami.ts';
import { onEveryAsterisk } from '../asterisk/on-every-asterisk.ts';
import { inDefault, standardHints } from '../pbx/hints.ts';
import { callAsStranger, subscribeAsStranger } from '../sip/as-stranger.ts';
import { openGateway } from './open-gateway.ts';

/** A caller ID that ends the event in which Asterisk relays it, and goes on as an event of its own. */
const callerId =
  '\r\n\r\nEvent: ExtensionStatus\r\nExten: 1102\r\nContext: default\r\nHint: x\r\nStatus: 8\r\n';

await onEveryAsterisk((asterisk) => {
  it.each(['lampboard', 'filtering', 'nofilter'] as const)(
    '[AM7] a stranger’s call, whatever its caller ID, moves no lamp (as %s)',
    async (name) => {
      const { board, close } = await openGateway(asterisk(), { user: name });
      const { username, secret } = asterisk().users.nofilter;
      const wire = await connectRawAmi({ port: asterisk().amiPort, username, secret });
      const lamps = new Set([board.row('1102@default').lamp]);
      board.socket.on('frame', () => lamps.add(board.row('1102@default').lamp));

      await callAsStranger({ sipPort: asterisk().sipPort, extension: '1101', callerId });
      const forged = await wire.waitFor(({ fields }) => fields['exten'] === '1102' && fields['hint'] === 'x');
      expect(forged.name).toBe('ExtensionStatus');
      await asterisk().setLamp('Custom:lamp600', 'BUSY');
      await board.until('a true change that came later', () => board.row('600@default').lamp === 'busy');
      expect([...lamps]).toEqual(['unavailable']);

      await asterisk().setLamp('Custom:lamp600', 'NOT_INUSE');
      wire.close();
      await close();
    },
  );

  it.each(['lampboard', 'filtering', 'nofilter'] as const)(
    '[AM15] a telephone that subscribes to an event’s text, by a hint that fits any number, moves no lamp (as %s)',
    async (name) => {
      await asterisk().reload([...standardHints(), inDefault('_8.', 'Custom:lamp600')]);
      const { board, close } = await openGateway(asterisk(), { user: name });
      const { username, secret } = asterisk().users.nofilter;
      const wire = await connectRawAmi({ port: asterisk().amiPort, username, secret });
      const lamps = new Set([board.row('1102@default').lamp]);
      board.socket.on('frame', () => lamps.add(board.row('1102@default').lamp));

      await subscribeAsStranger({ sipPort: asterisk().sipPort, extension: `8${callerId}` });
      await wire.waitFor(
        ({ name, fields }) => name === 'ExtensionStatus' && fields['exten']?.startsWith('8') === true,
      );
      await asterisk().setLamp('Custom:lamp600', 'BUSY');
      await board.until('a true change that came later', () => board.row('600@default').lamp === 'busy');
      await asterisk().setLamp('Custom:lamp600', 'NOT_INUSE');
      await board.until('another one', () => board.row('600@default').lamp === 'idle');
      expect([...lamps]).toEqual(['unavailable']);
      expect(board.isLive()).toBe(true);
      expect([...board.board().rows.values()].filter(({ exten }) => /^8|[\r\n]/.test(exten))).toEqual([]);

      wire.close();
      await close();
      await asterisk().reload(standardHints());
    },
  );
});
