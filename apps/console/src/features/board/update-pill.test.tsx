import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { renderLive } from '../../live/testing/render-live.tsx';
import { UpdatePill } from './update-pill.tsx';

afterEach(cleanup);

const STEADY = { more: 0, unfit: 0, moved: false };

it('[AR3] says what has changed since, by click and by key, and nothing where nothing has', async () => {
  const onUpdate = vi.fn<() => void>();
  renderLive(() => <UpdatePill more={3} unfit={1} moved onUpdate={onUpdate} />);
  await userEvent.click(screen.getByRole('button', { name: /^3 more · 1 no longer\s*Update$/u }));
  await userEvent.keyboard('.');
  expect(onUpdate).toHaveBeenCalledTimes(2);
  cleanup();
  renderLive(() => <UpdatePill {...STEADY} moved onUpdate={onUpdate} />);
  expect(screen.getByRole('button', { name: /^Order has changed/u })).toBeDefined();
  cleanup();
  renderLive(() => <UpdatePill {...STEADY} onUpdate={onUpdate} />);
  expect(screen.queryByRole('button')).toBeNull();
});

it('[AR3] a full stop that is typed is text, and where single keys are off it does nothing', async () => {
  const onUpdate = vi.fn<() => void>();
  const { own, gateway } = renderLive(() => (
    <>
      <UpdatePill {...STEADY} more={1} onUpdate={onUpdate} />
      <input />
    </>
  ));
  await userEvent.type(screen.getByRole('textbox'), 'a.b');
  gateway.answer('POST /api/commands/set-preferences', { reply: { ok: true, value: null } });
  own.prefer({ singleKeys: false });
  screen.getByRole('textbox').blur();
  await userEvent.keyboard('.');
  expect(onUpdate).not.toHaveBeenCalled();
});
