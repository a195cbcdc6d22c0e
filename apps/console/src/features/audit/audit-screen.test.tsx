import { AUDIT_PAGE_SIZE, type AuditEntry } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { ADA, RITA, createFakeGateway } from '../../testing/fake-gateway.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { AuditScreen } from './audit-screen.tsx';

function entryOf(id: number, overrides: Partial<AuditEntry> = {}): AuditEntry {
  const act = { event: 'signed-in', actor: 'rita', target: null, address: '10.0.0.9' } as const;
  return { id, timestamp: Date.UTC(2026, 9, 4, 12), ...act, detail: 'password', ...overrides };
}

function setup(entries: readonly AuditEntry[], me = ADA) {
  const gateway = createFakeGateway();
  gateway.stubCommand('list-audit', entries);
  return renderLive(() => <AuditScreen me={me} />, { me, gateway });
}

it('[AU2] is for administrators only, and sends no request otherwise', () => {
  const { gateway } = setup([], RITA);
  expect(screen.getByText('Only administrators can see the audit log.')).toBeDefined();
  expect(screen.queryByText('Save as CSV')).toBeNull();
  expect(gateway.requests).toEqual([]);
});

it('[AU2] lists actor, event, target and address, and exports CSV', async () => {
  setup([entryOf(2, { event: 'account-removed', actor: 'ada', target: 'bob', detail: '' }), entryOf(1)]);
  const entry = (await screen.findByRole('rowheader', { name: /Account removed/ })).closest('tr');
  expect(within(entry ?? document.body).getByText('ada')).toBeDefined();
  expect(within(entry ?? document.body).getByText('bob')).toBeDefined();
  expect(screen.getByText('Save as CSV').getAttribute('href')).toBe('/api/audit.csv');
  expect(screen.queryByText('Show older entries')).toBeNull();
});

it('[DR18] says in words what was changed in the directory', async () => {
  const change = { event: 'directory-changed', actor: 'ada', target: '1101@default' } as const;
  setup([
    entryOf(3, { ...change, detail: 'name -mobile' }),
    entryOf(2, { ...change, detail: 'photo' }),
    entryOf(1, { ...change, target: null, detail: 'import' }),
  ]);
  const rows = await screen.findAllByRole('row', { name: /Directory changed/ });
  expect(rows.map((line) => within(line).getAllByRole('cell').at(-1)?.textContent)).toEqual([
    'Name, Mobile (taken back)',
    'Photo',
    'Import',
  ]);
});

it('[AU2] loads older entries on request', async () => {
  const { gateway, sent, user } = setup(
    Array.from({ length: AUDIT_PAGE_SIZE }, (_, index) => entryOf(200 - index)),
  );
  const older = await screen.findByText('Show older entries');
  gateway.stubCommand('list-audit', [entryOf(1, { event: 'throttled' })]);
  await user.click(older);
  await screen.findByRole('rowheader', { name: /Too many attempts/ });
  expect(sent('list-audit')).toEqual([{ beforeId: null }, { beforeId: 200 - AUDIT_PAGE_SIZE + 1 }]);
});
