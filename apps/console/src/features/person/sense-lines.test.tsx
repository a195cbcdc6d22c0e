import type { ExtensionRow, Me } from '@lampboard/protocol';
import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { RITA } from '../../api/testing/fake-gateway.ts';
import { useRow } from '../../live/live-context.tsx';
import { renderLive } from '../../live/testing/render-live.tsx';
import { rowOf } from '../../live/testing/row-of.ts';
import { snapshotWith } from '../../live/testing/snapshot-with.ts';
import { SenseLines } from './sense-lines.tsx';

afterEach(cleanup);

function Opened({ onOpen }: { onOpen: (id: string) => void }) {
  const row = useRow('1101@default');
  return (
    row && (
      <SenseLines row={row} onOpen={onOpen}>
        {null}
      </SenseLines>
    )
  );
}

const sales = (exten: string, row: Partial<ExtensionRow> = {}) =>
  rowOf(exten, { person: { name: `Name ${exten}`, department: 'Sales', email: '', mobile: '' }, ...row });

async function opened(row: Partial<ExtensionRow>, others: readonly ExtensionRow[] = [], me: Me = RITA) {
  const onOpen = vi.fn<(id: string) => void>();
  const page = renderLive(() => <Opened onOpen={onOpen} />, { me });
  await page.happens(() => page.open(snapshotWith([sales('1101', row), ...others])));
  return { ...page, onOpen, user: userEvent.setup() };
}

it('[SN4] what contradicts is told in words, while it is live', async () => {
  const { happens, breakOff } = await opened({ lamp: 'unavailable' });
  const words = /^Says available, but the telephone is not/u;
  expect(screen.getByText(words)).toBeDefined();
  await happens(breakOff);
  expect(screen.queryByText(words)).toBeNull();
});

it('[SN4] the best colleague that can be reached is one click away, and follows the board', async () => {
  const { user, onOpen, happens, frame } = await opened({ lamp: 'in-use' }, [
    sales('1102', { lamp: 'in-use' }),
    sales('1103'),
    sales('1104', { lampSince: 5 }),
  ]);
  await user.click(screen.getByRole('button', { name: /^Name 1103\s?, 1103, can be reached$/u }));
  expect(onOpen).toHaveBeenCalledWith('1103@default');
  const changes = [{ kind: 'lamp', id: '1103@default', lamp: 'ringing', since: 0 }];
  await happens(() => frame({ epoch: 'e1', seq: 1, changes }));
  expect(screen.getByRole('button', { name: /^Name 1104\s?, 1104, can be reached$/u })).toBeDefined();
});

it('[SN4] nobody is named beside who can be reached', async () => {
  await opened({}, [sales('1102')]);
  expect(screen.queryByRole('button')).toBeNull();
});

it('[SN3] oneself is never suggested', async () => {
  await opened({ lamp: 'in-use' }, [sales('1103'), sales('1104', { lampSince: 5 })], {
    ...RITA,
    extensions: ['1103@default'],
  });
  expect(screen.getByRole('button', { name: /^Name 1104/u })).toBeDefined();
  expect(screen.queryByRole('button', { name: /^Name 1103/u })).toBeNull();
});

it('[SN8] where the presence was never set and the telephone is idle, nobody else is suggested', async () => {
  await opened({ presence: { state: 'not_set', subtype: '', message: '' } }, [sales('1104')]);
  expect(screen.queryByRole('button')).toBeNull();
});

it('[BD37] the best colleague is named with the context, where another one has the number', async () => {
  await opened({ lamp: 'in-use' }, [
    sales('1103'),
    sales('1103', { id: '1103@warehouse', context: 'warehouse', lamp: 'in-use' }),
  ]);
  expect(
    screen.getByRole('button', { name: /^Name 1103\s?, 1103 \(default\), can be reached$/u }),
  ).toBeDefined();
});
