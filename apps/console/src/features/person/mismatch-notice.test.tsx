import type { Extension } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { RITA } from '../../testing/fake-gateway.ts';
import { useExtension } from '../../data/socket/live-context.tsx';
import { renderBoard } from '../../testing/render-live.tsx';
import { patch, personNamed, presenceOf, testExtension } from '../../testing/fixtures.ts';
import { MismatchNotice } from './mismatch-notice.tsx';

function TestNotice({ onOpen }: { onOpen: (id: string) => void }) {
  const extension = useExtension('1101@default');
  return (
    extension && (
      <MismatchNotice extension={extension} onOpen={onOpen}>
        {null}
      </MismatchNotice>
    )
  );
}

const sales = (exten: string, overrides: Partial<Extension> = {}) =>
  testExtension(exten, { person: personNamed(`Name ${exten}`, 'Sales'), ...overrides });

async function setup(overrides: Partial<Extension>, others: readonly Extension[] = [], me = RITA) {
  const onOpen = vi.fn<(id: string) => void>();
  const content = () => <TestNotice onOpen={onOpen} />;
  return { ...(await renderBoard(content, [sales('1101', overrides), ...others], { me })), onOpen };
}

it('[SN4] names a mismatch while live', async () => {
  const { happens, breakOff } = await setup({ lamp: 'unavailable' });
  const text = /^Marked available, but the phone is offline/u;
  expect(screen.getByText(text)).toBeDefined();
  await happens(breakOff);
  expect(screen.queryByText(text)).toBeNull();
});

it('[SN4] suggests the best free colleague, and follows the board', async () => {
  const { user, onOpen, happens, change } = await setup({ lamp: 'in-use' }, [
    sales('1102', { lamp: 'in-use' }),
    sales('1103'),
    sales('1104', { lampSince: 5 }),
  ]);
  await user.click(screen.getByRole('button', { name: /^Name 1103\s?, 1103, is reachable$/u }));
  expect(onOpen).toHaveBeenCalledWith('1103@default');
  await happens(() => change(patch('1103@default', { lamp: 'ringing', lampSince: 0 })));
  expect(screen.getByRole('button', { name: /^Name 1104\s?, 1104, is reachable$/u })).toBeDefined();
});

it('[SN4] suggests nobody for a free person', async () => {
  await setup({}, [sales('1102')]);
  expect(screen.queryByRole('button')).toBeNull();
});

it('[SN3] never suggests the user', async () => {
  await setup({ lamp: 'in-use' }, [sales('1103'), sales('1104', { lampSince: 5 })], {
    ...RITA,
    extensions: ['1103@default'],
  });
  expect(screen.getByRole('button', { name: /^Name 1104/u })).toBeDefined();
  expect(screen.queryByRole('button', { name: /^Name 1103/u })).toBeNull();
});

it('[SN8] suggests nobody if the presence was never set and the phone is idle', async () => {
  await setup({ presence: presenceOf('not_set') }, [sales('1104')]);
  expect(screen.queryByRole('button')).toBeNull();
});

it('[BD37] names the context of the colleague if another one has the number', async () => {
  await setup({ lamp: 'in-use' }, [
    sales('1103'),
    sales('1103', { id: '1103@warehouse', context: 'warehouse', lamp: 'in-use' }),
  ]);
  expect(
    screen.getByRole('button', { name: /^Name 1103\s?, 1103 \(default\), is reachable$/u }),
  ).toBeDefined();
});
