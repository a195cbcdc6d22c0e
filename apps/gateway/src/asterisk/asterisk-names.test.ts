import { expect, it } from 'vitest';
import { readAsteriskName } from './asterisk-names.ts';

/** Reads a name from an Asterisk with these variables; all others are empty. */
async function nameOf(hint: string, variables: Record<string, string>, exten = '1101', freePbxName = '') {
  const queried: string[] = [];
  const name = await readAsteriskName(
    {
      async send({ Variable = '' }) {
        queried.push(Variable);
        return { ok: true, value: { value: variables[Variable] ?? '' } };
      },
    },
    { exten, context: 'default', hint, status: 0 },
    new Map([[exten, freePbxName]]),
  );
  return { name: name.ok ? name.value : name.code, queried };
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

it('[LM8] the name in the hint takes precedence over the caller ID', async () => {
  const variables = { 'HINT(1101@default,n)': 'Reception', 'PJSIP_ENDPOINT(1101,callerid)': '"Rita" <1101>' };
  expect((await nameOf('PJSIP/1101', variables)).name).toBe('Reception');
});

it('[NM1] FreePBX’s name follows the hint’s own, and takes precedence over the caller ID', async () => {
  const callerId = { 'PJSIP_ENDPOINT(1101,callerid)': '"Rita" <1101>' };
  const hint = { 'HINT(1101@default,n)': 'Reception' };
  expect((await nameOf('PJSIP/1101', callerId, '1101', 'Alice Chen')).name).toBe('Alice Chen');
  expect((await nameOf('DAHDI/1', {}, '1101', 'Alice Chen')).name).toBe('Alice Chen');
  expect((await nameOf('PJSIP/1101', { ...callerId, ...hint }, '1101', 'Alice Chen')).name).toBe('Reception');
});

it.each(['device', ' Unknown ', '1101', '+49 30 1101', ' \u00A0', '\u200B'])(
  '[NM1] %j is no name of FreePBX',
  async (name) => {
    const callerId = { 'PJSIP_ENDPOINT(1101,callerid)': '"Rita" <1101>' };
    expect((await nameOf('PJSIP/1101', callerId, '1101', name)).name).toBe('Rita');
  },
);

it('[LM8] no name is read that a dialplan function would misparse', async () => {
  expect((await nameOf('PJSIP/a)b', {}, 'bob@corp')).queried).toEqual([]);
});
