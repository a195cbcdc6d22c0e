import type { PresenceChange, Extension, Me } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import {
  PANEL_PROPS,
  patchPresence,
  personNamed,
  presenceOf,
  testExtension,
} from '../../testing/fixtures.ts';
import { PersonPanel } from './person-panel.tsx';

const ALICE = personNamed('Alice Chen');
const BEFORE = presenceOf('available');
const AWAY = presenceOf('away', 'back at two', 'Lunch');
const BOB: Me = { id: 2, name: 'bob', role: 'user', extensions: ['1102@default'], authMethod: 'password' };
const BY_RITA: PresenceChange = {
  actor: 'Rita',
  isScheduled: false,
  timestamp: 0,
  from: BEFORE,
  to: AWAY,
  returnTime: null,
  result: 'ok',
};

async function setup({
  me = RITA,
  overrides = {},
  presenceChanges = [],
}: { me?: Me; overrides?: Partial<Extension>; presenceChanges?: readonly PresenceChange[] } = {}) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-presence-changes', presenceChanges);
  const extension = testExtension('1101', { person: ALICE, presence: AWAY, ...overrides });
  return renderBoard(() => <PersonPanel id="1101@default" {...PANEL_PROPS} />, [extension], { me, gateway });
}

const message = () => screen.queryByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });

it('[RG1] the presence of others is read-only without permission, with a reason, and no shortcut sets it', async () => {
  const { user, drafts, gateway } = await setup({ me: BOB });
  expect(screen.getByText('Only Alice Chen and receptionists can change this.')).toBeDefined();
  expect([message(), screen.queryByRole('radiogroup')]).toEqual([null, null]);
  expect(screen.getByText('back at two')).toBeDefined();
  screen.getByRole('heading', { name: 'Alice Chen' }).focus();
  await user.keyboard('5');
  expect(drafts.store.getState().drafts.size).toBe(0);
  expect(gateway.requests).toEqual([]);
});

it('[RG2] follows changed permissions immediately, and keeps the draft', async () => {
  const { user, happens, me } = await setup();
  await user.type(message() ?? document.body, '!');
  await happens(() => me({ ...RITA, role: 'user', extensions: [] }));
  expect(message()).toBeNull();
  expect(screen.getByText('Not saved')).toBeDefined();
  await happens(() => me({ ...RITA, role: 'user' }));
  expect(message()?.value).toBe('back at two!');
});

it.each([
  [{ kind: 'account', name: 'rita' } as const, new Date(2001, 0, 2, 10, 42), /^Set by rita, .*2, .*10:42/u],
  [{ kind: 'phone' } as const, null, /^Set from the phone$/u],
])('[WH1] says who set the presence, and when: %o', async (presenceSetBy, setAt, text) => {
  await setup({ overrides: { presenceSetBy, presenceSetAt: setAt?.getTime() ?? null } });
  expect(document.querySelector('.set-by-line')?.textContent).toMatch(text);
});

it('[WH1] shows no actor if unknown', async () => {
  await setup({ overrides: { presenceSetBy: null, presenceSetAt: 5 } });
  expect(document.querySelector('.set-by-line')).toBeNull();
});

it('[WH2] lists the latest changes with actor, presence and failure', async () => {
  await setup({ presenceChanges: [{ ...BY_RITA, actor: 'bob', result: 'forbidden' }, BY_RITA] });
  const list = within(await screen.findByRole('region', { name: 'Change history' }));
  const texts = list.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(texts[0]).toMatch(/^Away Lunch · back at twobob, .* · rejected$/u);
  expect(texts[1]).toMatch(/^Away Lunch · back at twoRita, /u);
});

it('[WH2] lists two changes with the same actor and timestamp', async () => {
  const warned = vi.spyOn(console, 'error');
  await setup({ presenceChanges: [{ ...BY_RITA, result: 'forbidden' }, BY_RITA] });
  const list = within(await screen.findByRole('region', { name: 'Change history' }));
  expect(list.getAllByRole('listitem')).toHaveLength(2);
  expect(warned).not.toHaveBeenCalled();
});

it('[WH2] refetches the list when the presence changes', async () => {
  const { happens, change, sent } = await setup();
  const times = () => sent('list-presence-changes').length;
  const before = times();
  await happens(() => change(patchPresence('1101@default', BEFORE)));
  expect(times()).toBeGreaterThan(before);
});

it('[WH3] the user’s latest change can be undone after a reload while it is current', async () => {
  const { user, sentCommands } = await setup({
    presenceChanges: [{ ...BY_RITA, result: 'conflict' }, BY_RITA],
  });
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(sentCommands).toEqual([{ id: '1101@default', presence: BEFORE, base: AWAY }]);
});

it.each([
  ['is somebody else’s', { ...BY_RITA, actor: 'bob' }],
  ['stands no more', { ...BY_RITA, to: { ...AWAY, message: 'other' } }],
  ['began where nothing was set', { ...BY_RITA, from: { ...BEFORE, state: 'not_set' as const } }],
])('[WH3] an edit that %s cannot', async (_, change) => {
  await setup({ presenceChanges: [change] });
  await screen.findByRole('region', { name: 'Change history' });
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});
