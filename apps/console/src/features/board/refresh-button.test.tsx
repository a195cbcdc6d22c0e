import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { RefreshButton } from './refresh-button.tsx';

afterEach(cleanup);

const UNCHANGED = { newMatches: 0, noLongerMatching: 0, orderChanged: false };

it('[AR3] says what has changed since, by click and by key, and nothing where nothing has', async () => {
  const onRefresh = vi.fn<() => void>();
  renderLive(() => <RefreshButton newMatches={3} noLongerMatching={1} orderChanged onRefresh={onRefresh} />);
  await userEvent.click(screen.getByRole('button', { name: /^3 more · 1 no longer\s*Update$/u }));
  await userEvent.keyboard('.');
  expect(onRefresh).toHaveBeenCalledTimes(2);
  cleanup();
  renderLive(() => <RefreshButton {...UNCHANGED} orderChanged onRefresh={onRefresh} />);
  expect(screen.getByRole('button', { name: /^Order has changed/u })).toBeDefined();
  cleanup();
  renderLive(() => <RefreshButton {...UNCHANGED} onRefresh={onRefresh} />);
  expect(screen.queryByRole('button')).toBeNull();
});

it('[AR3] a full stop that is typed is text, and where single keys are off it does nothing', async () => {
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
