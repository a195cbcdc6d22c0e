import { expect, it } from 'vitest';
import { describeEachPbx } from '../../testkit/asterisk/each-pbx.ts';
import { startGatewayWithClient } from '../../testkit/clients/board-client.ts';
import { startForSuite } from '../../testkit/site/test-site.ts';

const PROVIDER = 'CustomPresence:1103';
const ID = '1103@default';

/** Text as phones and dialplans set it, and as it is decoded. */
const TEXTS = [
  { name: 'latin1', bytes: 'Cong\xe9s', text: 'Congés' },
  { name: 'Windows-1252', bytes: '\x93Zur\xfcck\x94 \x96 5 \x80', text: '“Zurück” – 5 €' },
  { name: 'of several lines', bytes: 'D\xe9j\xe0\r\n\\vu, "l\xe0"', text: 'Déjà\r\n\\vu, "là"' },
  { name: 'longer than events carry', bytes: 'na\xefve '.repeat(60), text: 'naïve '.repeat(60) },
  { name: 'too long for a line once it is UTF-8', bytes: '\xe9'.repeat(600), text: 'é'.repeat(600) },
  { name: 'cut inside a character', bytes: 'R\xc3\xa9union \xe2\x82', text: 'Réunion \uFFFD' },
];

await describeEachPbx((pbx) => {
  const site = startForSuite(() => startGatewayWithClient(pbx()));
  const client = () => site().client;

  const untilMessage = (text: string) =>
    client().waitUntil(`“${text.slice(0, 20)}”`, () => client().presence(ID).message === text);

  it.each(TEXTS)('[TX5] [TX6] text that is $name is read, and outlives edits', async ({ bytes, text }) => {
    const message = Buffer.from(bytes, 'latin1');
    await pbx().setPresence(PROVIDER, { state: 'away', subtype: Buffer.from('Pause'), message });
    await untilMessage(text);
    expect(client().presence(ID)).toEqual({ state: 'away', subtype: 'Pause', message: text });

    const edited = { state: 'xa', subtype: 'Pause', message: text };
    expect(await client().setPresence(ID, edited)).toMatchObject({ ok: true });
    const stored = () => pbx().readPresenceBytes(PROVIDER);
    expect(await stored()).toEqual({ state: 'xa', subtype: Buffer.from('Pause'), message });
    await client().waitUntil('the state', () => client().presence(ID).state === 'xa');
    expect(client().extension(ID).presenceSetBy).toMatchObject({ name: 'rita' });

    const before = client().presence(ID);
    expect(await client().setPresence(ID, { ...before, message: 'Là' })).toMatchObject({ ok: true });
    expect((await stored()).message).toEqual(Buffer.from('Là'));
    await untilMessage('Là');
    expect(await client().setPresence(ID, before)).toMatchObject({ ok: true });
    expect((await stored()).message).toEqual(message);
    await untilMessage(text);
  });

  it('[TX6] one who did not see a change of such text meets a conflict', async () => {
    const away = { state: 'away', subtype: Buffer.from('') };
    const set = (text: string) =>
      pbx().setPresence(PROVIDER, { ...away, message: Buffer.from(text, 'latin1') });
    await set('D\xeener');
    await untilMessage('Dîner');
    const base = client().presence(ID);
    await set('D\xeener?');
    expect(await client().setPresence(ID, { ...base, state: 'dnd' }, base)).toMatchObject({
      code: 'conflict',
      current: { message: 'Dîner?' },
    });
  });
});
