import { ONLY_PBX } from '@lampboard/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readAsteriskName, createDisplayNames } from './display-names.ts';
import type { Fact } from '@lampboard/model';

const HINTS = ['1101', '1102'].map((exten) => ({
  kind: 'person' as const,
  exten,
  context: 'default',
  hint: `PJSIP/${exten}`,
  status: 0,
}));
const MINUTE = 60_000;

/** Creates display names of hints with these names; `displayed` holds the board's names by extension. */
function setup(names: Record<string, string>) {
  vi.useFakeTimers();
  const displayed: Record<string, string> = {};
  const queried: string[] = [];
  const record = (facts: readonly Fact[]) => {
    for (const fact of facts) if (fact.kind === 'person') displayed[fact.id] = fact.person.name;
  };
  const { setHints, invalidate, close } = createDisplayNames({
    pbxId: ONLY_PBX,
    directory: () => new Map(),
    ami: {
      async send({ Variable = '' }) {
        queried.push(Variable);
        const exten = /^HINT\((\d+)@default,n\)$/.exec(Variable)?.[1];
        return { ok: true, value: { value: (exten && names[exten]) ?? '' } };
      },
    },
    monotonic: () => Date.now(),
    onFacts: record,
  });
  onTestFinished(() => {
    close();
    vi.useRealTimers();
  });
  const updateHints = async (hints = HINTS) => {
    record(setHints(hints));
    await vi.advanceTimersByTimeAsync(MINUTE);
  };
  return { displayed, queried, updateHints, invalidate };
}

it('[LM7] a name that changes without a reload is detected within ten minutes', async () => {
  const names = { '1101': 'Ada' };
  const { displayed, updateHints } = setup(names);
  await updateHints();
  expect(displayed['1101@default']).toBe('Ada');
  names['1101'] = 'Grace';
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(displayed['1101@default']).toBe('Grace');
});

it('[LM7] lists alone read no name again; a list without a known hint reads all', async () => {
  const { queried, updateHints } = setup({ '1101': 'Ada', '1102': 'Bea' });
  await updateHints();
  await updateHints();
  expect(queried).toHaveLength(2);
  await updateHints(HINTS.slice(0, 1));
  expect(queried.slice(2)).toEqual(['HINT(1101@default,n)']);
});

it.each([
  ['blanks', ' \u00A0\u3000'],
  ['invisible characters', '\u200B\u2800\u3164\u00AD'],
])('[LM8] a name of %s is none, and blanks around a name are not shown', async (_, blank) => {
  const { displayed, updateHints } = setup({ '1101': blank, '1102': ' Ada\u00A0' });
  await updateHints();
  expect(displayed).toEqual({ '1101@default': '1101', '1102@default': 'Ada' });
});

/** Reads a name from an Asterisk with these variables; all others are empty. */
async function nameOf(hint: string, variables: Record<string, string>, exten = '1101') {
  const queried: string[] = [];
  const name = await readAsteriskName(
    {
      async send({ Variable = '' }) {
        queried.push(Variable);
        return { ok: true, value: { value: variables[Variable] ?? '' } };
      },
    },
    { exten, context: 'default', hint, status: 0 },
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

it('[LM8] no name is read that a dialplan function would misparse', async () => {
  expect((await nameOf('PJSIP/a)b', {}, 'bob@corp')).queried).toEqual([]);
});
