import { MAX_GROUP_MEMBERS } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderLive } from '../../testing/render-live.tsx';
import { AddMember } from './add-member.tsx';

afterEach(cleanup);

const opened = (size: number) => {
  const members = Array.from({ length: size }, (_, n) => `${n}@x`);
  renderLive(() => <AddMember field={{ current: null }} members={members} onAdd={() => undefined} />);
  return document.body.textContent;
};

it('[GR8] for how many members there is room is told before there is none', () => {
  expect(opened(MAX_GROUP_MEMBERS - 21)).not.toContain('room');
  cleanup();
  expect(opened(MAX_GROUP_MEMBERS - 1)).toContain('There is room for one more.');
});

it('[GR8] that there is room for none is told in the place of the field', () => {
  expect(opened(MAX_GROUP_MEMBERS)).toContain('There are 200 members, as many as there may be.');
  expect(screen.queryByRole('combobox')).toBeNull();
});
