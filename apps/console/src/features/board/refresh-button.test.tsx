import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { RefreshButton } from './refresh-button.tsx';

afterEach(cleanup);

const UNCHANGED = { newMatches: 0, noLongerMatching: 0, orderChanged: false };

it('[AR3] names the changes, refreshes by click and shortcut, and is hidden without changes', async () => {
  const onRefresh = vi.fn<() => void>();
  renderLive(() => <RefreshButton newMatches={3} noLongerMatching={1} orderChanged onRefresh={onRefresh} />);
  await userEvent.click(screen.getByRole('button', { name: /^3 new · 1 no longer matches\s*Refresh$/u }));
  await userEvent.keyboard('.');
  expect(onRefresh).toHaveBeenCalledTimes(2);
  cleanup();
  renderLive(() => <RefreshButton {...UNCHANGED} orderChanged onRefresh={onRefresh} />);
  expect(screen.getByRole('button', { name: /^Order changed/u })).toBeDefined();
  cleanup();
  renderLive(() => <RefreshButton {...UNCHANGED} onRefresh={onRefresh} />);
  expect(screen.queryByRole('button')).toBeNull();
});

it('[AR3] ignores a full stop in a text field, and with single-key shortcuts off', async () => {
  const onRefresh = vi.fn<() => void>();
  const { settings, gateway } = renderLive(() => (
    <>
      <RefreshButton {...UNCHANGED} newMatches={1} onRefresh={onRefresh} />
      <input />
    </>
  ));
  await userEvent.type(screen.getByRole('textbox'), 'a.b');
  gateway.stub('POST /api/commands/set-preferences', { reply: { ok: true, value: null } });
  settings.updatePreferences({ singleKeyShortcuts: false });
  screen.getByRole('textbox').blur();
  await userEvent.keyboard('.');
  expect(onRefresh).not.toHaveBeenCalled();
});
