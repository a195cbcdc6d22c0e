import { MAX_GROUPS } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { favouritesOf, settingsWith } from '../../testing/fixtures.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { NewGroupButton } from './group-list-editor.tsx';

it('[GR8] says how many groups can be added before the limit', async () => {
  const onNew = vi.fn<() => void>();
  const { user, happens, sendSettings } = renderLive(() => <NewGroupButton onNew={onNew} />);
  const textWithGroups = async (size: number) => {
    const groups = Array.from({ length: size - 1 }, (_, n) => ({ id: `g${n}`, name: 'Desk', members: [] }));
    await happens(() => sendSettings(settingsWith({}, [favouritesOf(), ...groups])));
    return document.body.textContent;
  };
  expect(await textWithGroups(MAX_GROUPS - 6)).not.toContain('room');
  expect(await textWithGroups(MAX_GROUPS - 1)).toContain('You can create one more group.');
  await user.click(screen.getByRole('button', { name: 'New group' }));
  expect(onNew).toHaveBeenCalledOnce();
  expect(await textWithGroups(MAX_GROUPS)).toContain('You have 40 groups, the maximum.');
  await user.click(screen.getByRole('button', { name: 'New group' }));
  expect(onNew).toHaveBeenCalledOnce();
});
