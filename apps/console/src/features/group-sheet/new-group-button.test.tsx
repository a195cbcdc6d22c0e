import { DEFAULT_PREFERENCES, FAVOURITES, GROUPS_MAX } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { renderLive } from '../../live/testing/render-live.tsx';
import { NewGroupButton } from './new-group-button.tsx';

afterEach(cleanup);

it('[GR8] for how many groups there is room is told before there is none', async () => {
  const onNew = vi.fn<() => void>();
  const { happens, tellOwn } = renderLive(() => <NewGroupButton onNew={onNew} />);
  const told = async (size: number) => {
    const groups = Array.from({ length: size }, (_, n) => ({ id: `g${n}`, name: 'Desk', members: [] }));
    const favourites = { id: FAVOURITES, name: '', members: [] };
    await happens(() =>
      tellOwn({ preferences: DEFAULT_PREFERENCES, groups: [favourites, ...groups.slice(1)] }),
    );
    return document.body.textContent;
  };
  expect(await told(GROUPS_MAX - 6)).not.toContain('room');
  expect(await told(GROUPS_MAX - 1)).toContain('There is room for one more group.');
  await userEvent.click(screen.getByRole('button', { name: 'New group' }));
  expect(onNew).toHaveBeenCalledOnce();
  expect(await told(GROUPS_MAX)).toContain('There are 40 groups, as many as there may be.');
  await userEvent.click(screen.getByRole('button', { name: 'New group' }));
  expect(onNew).toHaveBeenCalledOnce();
});
