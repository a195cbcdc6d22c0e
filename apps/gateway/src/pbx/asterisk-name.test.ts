import { expect, it } from 'vitest';
import { readAsteriskName } from './asterisk-name.ts';

/** An Asterisk that reads these variables and is empty elsewhere, as it is for what it does not know. */
async function nameOf(hint: string, variables: Record<string, string>, exten = '1101') {
  const asked: string[] = [];
  const name = await readAsteriskName(
    {
      async send({ Variable = '' }) {
        asked.push(Variable);
        return { ok: true, value: { value: variables[Variable] ?? '' } };
      },
    },
    { exten, context: 'default', hint, status: 0 },
  );
  return { name: name.ok ? name.value : name.code, asked };
}

it.each([
  ['PJSIP/1101', 'PJSIP_ENDPOINT(1101,callerid)', '"Zoë \\"Zed\\" Young" <1101>', 'Zoë "Zed" Young'],
  ['pjsip/1101,CustomPresence:1101', 'PJSIP_ENDPOINT(1101,callerid)', '"Alice Chen" <1101>', 'Alice Chen'],
  ['PJSIP/bob@corp', 'PJSIP_ENDPOINT(bob@corp,callerid)', 'Bob', 'Bob'],
  ['Custom:DND1101&SIP/1101', 'SIPPEER(1101,callerid_name)', 'Alice Chen', 'Alice Chen'],
  ['iax2/1101', 'IAXPEER(1101,callerid_name)', 'Alice Chen', 'Alice Chen'],
  ['PJSIP/1101', 'PJSIP_ENDPOINT(1101,callerid)', '"device" <1101>', ''],
  ['SIP/1101', 'SIPPEER(1101,callerid_name)', 'Device', ''],
  ['PJSIP/1101', 'PJSIP_ENDPOINT(1101,callerid)', '"+49 (30) 11" <1101>', ''],
  ['PJSIP/1101', 'PJSIP_ENDPOINT(1101,callerid)', '1101', ''],
  ['PJSIP/1101', 'PJSIP_ENDPOINT(1101,callerid)', '<unknown>', ''],
])('[LM8] %s with %s = %s is called %j', async (hint, variable, callerId, name) => {
  expect((await nameOf(hint, { [variable]: callerId })).name).toBe(name);
});

it('[LM8] the hint’s own name goes before the caller ID', async () => {
  const variables = { 'HINT(1101@default,n)': 'Reception', 'PJSIP_ENDPOINT(1101,callerid)': '"Rita" <1101>' };
  expect((await nameOf('PJSIP/1101', variables)).name).toBe('Reception');
});

it('[LM8] nothing is asked that would be read as something else', async () => {
  expect((await nameOf('PJSIP/a)b', {}, 'bob@corp')).asked).toEqual([]);
});
