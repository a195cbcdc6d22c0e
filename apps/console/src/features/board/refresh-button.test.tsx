import { cleanup, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { RefreshButton } from './refresh-button.tsx';

const UNCHANGED = { newMatches: 0, noLongerMatching: 0, orderChanged: false };

it('[AR3] names the changes, refreshes by click and shortcut, and is hidden without changes', async () => {
  const onRefresh = vi.fn<() => void>();
  const { user } = renderLive(() => (
    <RefreshButton newMatches={3} noLongerMatching={1} orderChanged onRefresh={onRefresh} />
  ));
  await user.click(screen.getByRole('button', { name: /^3 new · 1 no longer matches\s*Refresh$/u }));
  await user.keyboard('.');
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
  const { user, settings } = renderLive(() => (
    <>
      <RefreshButton {...UNCHANGED} newMatches={1} onRefresh={onRefresh} />
      <input />
    </>
  ));
  await user.type(screen.getByRole('textbox'), 'a.b');
  settings.updatePreferences({ singleKeyShortcuts: false });
  screen.getByRole('textbox').blur();
  await user.keyboard('.');
  expect(onRefresh).not.toHaveBeenCalled();
});
