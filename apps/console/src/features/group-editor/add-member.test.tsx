import { MAX_GROUP_MEMBERS } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { testExtension, testLine } from '../../testing/fixtures.ts';
import { renderBoard, renderLive } from '../../testing/render-live.tsx';
import { AddMember } from './add-member.tsx';

const opened = (size: number) => {
  const members = Array.from({ length: size }, (_, n) => `${n}@x`);
  renderLive(() => <AddMember field={{ current: null }} members={members} onAdd={() => undefined} />);
  return document.body.textContent;
};

it('[GR8] says how many members can be added before the limit', () => {
  expect(opened(MAX_GROUP_MEMBERS - 21)).not.toContain('room');
  cleanup();
  expect(opened(MAX_GROUP_MEMBERS - 1)).toContain('You can add one more.');
});

it('[GR8] replaces the field by a message at the limit', () => {
  expect(opened(MAX_GROUP_MEMBERS)).toContain('The group is full: it has 200 members.');
  expect(screen.queryByRole('combobox')).toBeNull();
});

it('[KP1] finds people and rooms to add, and no functions', async () => {
  const content = () => <AddMember field={{ current: null }} members={[]} onAdd={() => undefined} />;
  const { user } = await renderBoard(content, [
    testExtension('1171'),
    testExtension('2171', { kind: 'room' }),
    testLine('parking', '71'),
  ]);
  await user.type(screen.getByRole('combobox'), '71');
  const found = (await screen.findAllByRole('option')).map(({ textContent }) => textContent);
  expect(found).toEqual(['Name 11711171', 'Name 21712171']);
});
