import { DEFAULT_PREFERENCES, FAVOURITES, MAX_GROUPS } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { NewGroupButton } from './group-list-editor.tsx';

afterEach(cleanup);

it('[GR8] says how many groups can be added before the limit', async () => {
  const onNew = vi.fn<() => void>();
  const { happens, sendSettings } = renderLive(() => <NewGroupButton onNew={onNew} />);
  const textWithGroups = async (size: number) => {
    const groups = Array.from({ length: size }, (_, n) => ({ id: `g${n}`, name: 'Desk', members: [] }));
    const favourites = { id: FAVOURITES, name: '', members: [] };
    await happens(() =>
      sendSettings({ preferences: DEFAULT_PREFERENCES, groups: [favourites, ...groups.slice(1)] }),
    );
    return document.body.textContent;
  };
  expect(await textWithGroups(MAX_GROUPS - 6)).not.toContain('room');
  expect(await textWithGroups(MAX_GROUPS - 1)).toContain('You can create one more group.');
  await userEvent.click(screen.getByRole('button', { name: 'New group' }));
  expect(onNew).toHaveBeenCalledOnce();
  expect(await textWithGroups(MAX_GROUPS)).toContain('You have 40 groups, the maximum.');
  await userEvent.click(screen.getByRole('button', { name: 'New group' }));
  expect(onNew).toHaveBeenCalledOnce();
});
