import type { Fact } from '@lampboard/board';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createNaming } from './naming.ts';

const HINTS = ['1101', '1102'].map((exten) => ({
  exten,
  context: 'default',
  hint: `PJSIP/${exten}`,
  status: 0,
}));
const MINUTE = 60_000;

/** Naming of an Asterisk whose hints have these names; `told` is what the board was told, by extension. */
function naming(names: Record<string, string>) {
  vi.useFakeTimers();
  const told: Record<string, string> = {};
  const asked: string[] = [];
  const take = (facts: readonly Fact[]) => {
    for (const fact of facts) if (fact.kind === 'person') told[fact.id] = fact.person.name;
  };
  const { listed, refresh, close } = createNaming({
    directory: () => new Map(),
    ami: {
      async send({ Variable = '' }) {
        asked.push(Variable);
        const exten = /^HINT\((\d+)@default,n\)$/.exec(Variable)?.[1];
        return { ok: true, value: { value: (exten && names[exten]) ?? '' } };
      },
    },
    elapsed: () => Date.now(),
    onFacts: take,
  });
  onTestFinished(() => {
    close();
    vi.useRealTimers();
  });
  const list = async (hints = HINTS) => {
    take(listed(hints));
    await vi.advanceTimersByTimeAsync(MINUTE);
  };
  return { told, asked, list, refresh };
}

it('[LM7] a name that changes without a reload is noticed within ten minutes', async () => {
  const names = { '1101': 'Ada' };
  const { told, list } = naming(names);
  await list();
  expect(told['1101@default']).toBe('Ada');
  names['1101'] = 'Grace';
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(told['1101@default']).toBe('Grace');
});

it('[LM7] lists alone ask for no name again; one that takes a hint away asks for all', async () => {
  const { asked, list } = naming({ '1101': 'Ada', '1102': 'Bea' });
  await list();
  await list();
  expect(asked).toHaveLength(2);
  await list(HINTS.slice(0, 1));
  expect(asked.slice(2)).toEqual(['HINT(1101@default,n)']);
});

it.each([
  ['blanks', ' \u00A0\u3000'],
  ['characters that nobody sees', '\u200B\u2800\u3164\u00AD'],
])('[LM8] a name of %s is none, and blanks around a name are not shown', async (_, blank) => {
  const { told, list } = naming({ '1101': blank, '1102': ' Ada\u00A0' });
  await list();
  expect(told).toEqual({ '1101@default': '1101', '1102@default': 'Ada' });
});
