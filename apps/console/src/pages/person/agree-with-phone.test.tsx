import type { Extension, Me } from '@lampboard/protocol';
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { RITA } from '../../testing/fake-gateway.ts';
import { PANEL_PROPS, patch, patchPresence, presenceOf, testExtension } from '../../testing/fixtures.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import { MyStatus } from './my-status-page.tsx';
import { PersonPanel } from './person-panel.tsx';

const ID = '1101@default';

const setup = (overrides: Partial<Extension>, me: Me = RITA) =>
  renderBoard(() => <PersonPanel id={ID} {...PANEL_PROPS} />, [testExtension('1101', overrides)], { me });

describe('[PF6] a phone on do not disturb and the presence available', () => {
  const ON_DND = { phone: { dnd: true }, presence: presenceOf('available', '', 'Room 3') } as const;
  const agreeButton = () => screen.queryByRole('button', { name: 'Set presence to Do not disturb' });

  it('agree by one click, which Undo takes back', async () => {
    const { user, sentCommands, happens, answer, change } = await setup(ON_DND);
    await user.click(screen.getByRole('button', { name: 'Set presence to Do not disturb' }));
    const presence = presenceOf('dnd', '', 'Room 3');
    expect(sentCommands).toEqual([{ id: ID, presence, base: ON_DND.presence }]);
    await happens(() => {
      answer({ ok: true, presence });
      change(patchPresence(ID, presence));
    });
    await waitFor(() => expect(agreeButton()).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(sentCommands.at(-1)).toEqual({ id: ID, presence: ON_DND.presence, base: presence });
  });

  it('are left alone by a click while the link is down, and it says why', async () => {
    const { user, sentCommands, happens, breakOff } = await setup(ON_DND);
    await happens(breakOff);
    const button = screen.getByRole('button', { name: 'Set presence to Do not disturb' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByText(/^Not connected to Asterisk/u).id).toBe(button.getAttribute('aria-describedby'));
    await user.click(button);
    expect(sentCommands).toEqual([]);
  });

  it('are a conflict as any edit, where someone has set the presence meanwhile', async () => {
    const { user, happens, answer, change } = await setup(ON_DND);
    await user.click(screen.getByRole('button', { name: 'Set presence to Do not disturb' }));
    const theirs = presenceOf('away', 'Dentist');
    await happens(() => {
      answer({ ok: false, code: 'conflict', message: 'Changed meanwhile.', current: theirs });
      change(patchPresence(ID, theirs));
    });
    expect(await screen.findByRole('button', { name: 'Use mine' })).toBeDefined();
    expect(screen.getByText('Yours').parentElement?.textContent).toContain('Do not disturb');
  });

  it('are not offered to those who may not set the presence', async () => {
    await setup(ON_DND, { ...RITA, role: 'user', extensions: [] });
    expect(agreeButton()).toBeNull();
  });
});

it('[PF7] a presence do not disturb says that the phone still rings, until it does not', async () => {
  const { happens, change } = await setup({
    presence: presenceOf('dnd'),
    phone: { lamp: 'idle', dnd: false },
  });
  const note = /^The phone still rings/u;
  expect(screen.getByText(note)).toBeDefined();
  await happens(() => change(patch(ID, { phone: { lamp: 'idle', dnd: true } })));
  expect(screen.queryByText(note)).toBeNull();
});

it('[PF6] [PF7] the own page explains the contradiction, and agrees by one click', async () => {
  const me = { ...RITA, extensions: [ID] };
  const content = () => <MyStatus me={me} id={ID} onSelect={() => undefined} statusMessage={null} />;
  const { user, sentCommands } = await renderBoard(
    content,
    [testExtension('1101', { phone: { dnd: true } })],
    {
      me,
    },
  );
  expect(screen.getByText('Phone on do not disturb')).toBeDefined();
  expect(screen.getByText('Marked available, but the phone is on do not disturb')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Set presence to Do not disturb' }));
  expect(sentCommands[0]?.presence).toEqual(presenceOf('dnd'));
});
