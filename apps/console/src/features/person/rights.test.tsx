import type { EditRecord, ExtensionRow, Me } from '@lampboard/protocol';
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { RITA, createFakeGateway } from '../../api/testing/fake-gateway.ts';
import { renderLive } from '../../live/testing/render-live.tsx';
import { rowOf } from '../../live/testing/row-of.ts';
import { snapshotWith } from '../../live/testing/snapshot-with.ts';
import { createDrafts } from './drafts.ts';
import { DraftsProvider } from './drafts-context.tsx';
import { PersonPanel } from './person-panel.tsx';

afterEach(cleanup);

const ALICE = { name: 'Alice Chen', department: '', email: '', mobile: '' };
const BEFORE = { state: 'available', subtype: '', message: '' } as const;
const AWAY = { state: 'away', subtype: 'Lunch', message: 'back at two' } as const;
const BOB: Me = { id: 2, name: 'bob', role: 'user', extensions: ['1102@default'], proof: 'password' };
const BY_RITA: EditRecord = {
  by: 'Rita',
  planned: false,
  at: 0,
  from: BEFORE,
  to: AWAY,
  back: null,
  result: 'ok',
};

interface Scene {
  me?: Me;
  row?: Partial<ExtensionRow>;
  edits?: readonly EditRecord[];
}

async function opened({ me = RITA, row = {}, edits = [] }: Scene = {}) {
  const drafts = createDrafts();
  const gateway = createFakeGateway();
  gateway.answer('POST /api/commands/list-edits', { reply: { ok: true, value: edits } });
  const page = renderLive(
    () => (
      <DraftsProvider drafts={drafts}>
        <PersonPanel
          id="1101@default"
          modal={false}
          focusWanted={0}
          news={null}
          onClose={() => undefined}
          onOpen={() => undefined}
          account={null}
          tellMe={null}
          history={null}
        />
      </DraftsProvider>
    ),
    { me, gateway },
  );
  const shown = rowOf('1101', { person: ALICE, presence: AWAY, ...row });
  await page.happens(() => page.open(snapshotWith([shown])));
  return { ...page, drafts, user: userEvent.setup() };
}

const message = () => screen.queryByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });

it('[RG1] the presence of others is read only for who may not set it, who else may is said, and no key sets it', async () => {
  const { user, drafts, gateway } = await opened({ me: BOB });
  expect(screen.getByText('Only Alice Chen and receptionists may change this.')).toBeDefined();
  expect([message(), screen.queryByRole('radiogroup')]).toEqual([null, null]);
  expect(screen.getByText('back at two')).toBeDefined();
  screen.getByRole('heading', { name: 'Alice Chen' }).focus();
  await user.keyboard('5');
  expect(drafts.store.getState().drafts.size).toBe(0);
  expect(gateway.asked).toEqual([]);
});

it('[RG2] rights that come and go are followed at once, and what was typed is not lost', async () => {
  const { user, happens, me } = await opened();
  await user.type(message() ?? document.body, '!');
  await happens(() => me({ ...RITA, role: 'user', extensions: [] }));
  expect(message()).toBeNull();
  expect(screen.getByText('Not saved')).toBeDefined();
  await happens(() => me({ ...RITA, role: 'user' }));
  expect(message()?.value).toBe('back at two!');
});

it.each([
  [{ kind: 'account', name: 'rita' } as const, new Date(2001, 0, 2, 10, 42), /^Set by rita, .*2, .*10:42/u],
  [{ kind: 'telephone' } as const, null, /^Set on the telephone$/u],
])('[WH1] says who set the presence, and when: %o', async (presenceBy, at, words) => {
  await opened({ row: { presenceBy, presenceSince: at?.getTime() ?? null } });
  expect(document.querySelector('.set-by')?.textContent).toMatch(words);
});

it('[WH1] says nothing where nobody saw who set it', async () => {
  await opened({ row: { presenceBy: null, presenceSince: 5 } });
  expect(document.querySelector('.set-by')).toBeNull();
});

it('[WH2] lists the last edits with who, to what, and what was refused', async () => {
  await opened({ edits: [{ ...BY_RITA, by: 'bob', result: 'forbidden' }, BY_RITA] });
  const list = within(await screen.findByRole('region', { name: 'Edits' }));
  const words = list.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(words[0]).toMatch(/^Away Lunch · back at twobob, .* · refused$/u);
  expect(words[1]).toMatch(/^Away Lunch · back at twoRita, /u);
});

it('[WH2] two edits of one moment by the same person are two', async () => {
  const warned = vi.spyOn(console, 'error');
  await opened({ edits: [{ ...BY_RITA, result: 'forbidden' }, BY_RITA] });
  const list = within(await screen.findByRole('region', { name: 'Edits' }));
  expect(list.getAllByRole('listitem')).toHaveLength(2);
  expect(warned).not.toHaveBeenCalled();
});

it('[WH2] the list is asked for again when the presence changes', async () => {
  const { happens, frame, gateway } = await opened();
  const times = () => gateway.asked.filter(({ what }) => what.endsWith('list-edits')).length;
  const before = times();
  const change = { kind: 'presence', id: '1101@default', presence: BEFORE, since: 0, by: null, back: null };
  await happens(() => frame({ epoch: 'e1', seq: 1, changes: [change] }));
  expect(times()).toBeGreaterThan(before);
});

it('[WH3] one’s own last edit that still stands can be undone after a reload', async () => {
  const { user, asked } = await opened({ edits: [{ ...BY_RITA, result: 'conflict' }, BY_RITA] });
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(asked).toEqual([{ id: '1101@default', presence: BEFORE, base: AWAY }]);
});

it.each([
  ['is somebody else’s', { ...BY_RITA, by: 'bob' }],
  ['stands no more', { ...BY_RITA, to: { ...AWAY, message: 'other' } }],
  ['began where nothing was set', { ...BY_RITA, from: { ...BEFORE, state: 'not_set' as const } }],
])('[WH3] an edit that %s cannot', async (_, edit) => {
  await opened({ edits: [edit] });
  await screen.findByRole('region', { name: 'Edits' });
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
});
