import type { Me, SessionInfo } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { AccountOverview } from './account-overview.tsx';

const HERE: SessionInfo = {
  id: 'here',
  startedAt: 0,
  lastUsedAt: 0,
  expiresAt: 1,
  address: '192.0.2.1',
  userAgent: 'Firefox/130.0 (Linux)',
  current: true,
};
const PHONE = { ...HERE, id: 'phone', userAgent: 'iPhone Version/17 Safari/604', current: false };

function setup(unsavedCount = 0, me: Me = RITA) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-sessions', [PHONE, HERE]);
  return renderLive(() => <AccountOverview me={me} unsavedCount={unsavedCount} />, { gateway });
}

it('[AD2] lists the user’s sessions, marks the current one, and ends another', async () => {
  const { user, sent } = setup();
  const [first, second] = await screen.findAllByRole('listitem');
  expect(first?.textContent).toMatch(/^Firefox on Linuxthis browser/u);
  expect(second?.textContent).toContain('Safari on iPhone');
  await user.click(screen.getByRole('button', { name: /^Sign out Safari on iPhone/u }));
  expect(sent('revoke-session')).toEqual([{ account: 'rita', session: 'phone' }]);
  await vi.waitFor(() => expect(sent('list-sessions')).toHaveLength(2));
});

it('[AD2] signs out everywhere after a confirmation that names unsaved changes', async () => {
  const { user, sent, session } = setup(1);
  await user.click(await screen.findByRole('button', { name: 'Sign out everywhere' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Sign out everywhere?' }));
  expect(dialog.getByText(/Unsaved changes will be lost/u)).toBeDefined();
  expect(sent('revoke-sessions')).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Sign out everywhere' }));
  expect(sent('revoke-sessions')).toEqual([{ account: 'rita' }]);
  await vi.waitFor(() =>
    expect(session.store.getState()).toMatchObject({ kind: 'out', reason: 'signed-out' }),
  );
});

it('[AD2] changes the password, and shows a failure', async () => {
  const { user, gateway, sent } = setup();
  const message = 'The current password is wrong.';
  gateway.failCommand('change-password', 'wrong-credentials', message, 401);
  const current = screen.getByLabelText<HTMLInputElement>('Current password');
  const change = screen.getByRole('button', { name: 'Change password' });
  await user.type(current, 'old');
  await user.type(screen.getByLabelText('New password'), 'short');
  await user.click(change);
  expect(sent('change-password')).toEqual([]);
  await user.type(screen.getByLabelText('New password'), ' no more');
  await user.click(change);
  expect((await screen.findByRole('alert')).textContent).toBe(message);
  gateway.stubCommand('change-password', null);
  const listed = sent('list-sessions').length;
  await user.click(change);
  // Changing the password ended the other sessions.
  await vi.waitFor(() => expect(sent('list-sessions').length).toBe(listed + 1));
  expect(await screen.findByText('Changed')).toBeDefined();
  expect(current.value).toBe('');
  expect(sent('change-password').at(-1)).toEqual({
    account: 'rita',
    current: 'old',
    password: 'short no more',
  });
});

it('[VI9] says what the account is limited to', () => {
  setup(0, { ...RITA, limits: { pbxs: ['berlin'], contexts: ['shop'], departments: ['Sales'] } });
  expect(screen.getByText('You see: Sales · context shop · berlin')).toBeDefined();
});
