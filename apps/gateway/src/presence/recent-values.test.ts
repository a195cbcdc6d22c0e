import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createRecentValues } from './recent-values.ts';

const NOTHING = { state: 'available', subtype: '', message: '' };
const IDS = { alice: 1, bob: 2 };

type Options = Pick<Parameters<typeof createRecentValues>[0], 'hideOthersMessages' | 'sightOf'>;

function open({ hideOthersMessages = false, sightOf = () => null }: Partial<Options> = {}) {
  const auth = openTestAuth();
  const { clock, store } = auth;
  const insert = store.db.prepare(
    `INSERT INTO edits (at, extension, provider, by, account_id, before, wanted, result)
     VALUES (?, ?, 'CustomPresence:1101', ?, ?, ?, ?, ?)`,
  );
  const edit = (
    by: keyof typeof IDS,
    subtype: string,
    message: string,
    { result = 'ok', before = NOTHING, extension = '1101@default' } = {},
  ) => {
    const after = { state: 'away', subtype, message };
    insert.run(clock.now, extension, by, IDS[by], JSON.stringify(before), JSON.stringify(after), result);
  };
  const recentValues = createRecentValues({
    db: store.db,
    now: () => clock.now,
    retentionMs: 60_000,
    hideOthersMessages,
    sightOf,
  });
  return { ...auth, edit, recentValues };
}
const alice = { id: IDS.alice, role: 'user', extensions: [] } as const;

it('[TP3] lists distinct texts of accepted edits, latest first, of the account and of all', () => {
  const { edit, recentValues } = open();
  edit('alice', 'Lunch', 'until two');
  edit('alice', '', '');
  edit('bob', 'Trip', 'in Ghent');
  edit('alice', 'Dentist', 'until two');
  edit('alice', 'Lunch', 'refused', { result: 'conflict' });
  edit('alice', 'Lunch', 'soon');
  expect(recentValues(alice)).toEqual({
    user: { subtypes: ['Lunch', 'Dentist'], messages: ['soon', 'until two'] },
    site: { subtypes: ['Lunch', 'Dentist', 'Trip'], messages: ['soon', 'until two', 'in Ghent'] },
  });
});

it('[TP3] lists eight of each, and none older than the retention time', () => {
  const { edit, recentValues, clock } = open();
  for (let count = 0; count < 20; count++) edit('alice', `s${count}`, `m${count}`);
  const { user, site } = recentValues(alice);
  expect(user.subtypes).toEqual(['s19', 's18', 's17', 's16', 's15', 's14', 's13', 's12']);
  expect(site).toEqual(user);
  clock.now += 60_000;
  expect(recentValues(alice).user).toEqual({ subtypes: [], messages: [] });
  expect(recentValues(alice).site).toEqual({ subtypes: [], messages: [] });
});

it('[TP3] an account with the name of a removed one does not see its texts', () => {
  const { edit, recentValues } = open();
  edit('alice', 'Lunch', 'of another Alice');
  expect(recentValues({ ...alice, id: 3 }).user).toEqual({ subtypes: [], messages: [] });
});

it('[TP3] a text that an edit left unchanged does not count as the actor’s', () => {
  const { edit, recentValues } = open();
  const before = { state: 'xa', subtype: 'Trip', message: 'in Ghent' };
  edit('alice', 'Trip', 'in Ghent', { before });
  edit('alice', 'Trip', 'in Bruges', { before });
  edit('alice', 'Lunch', 'in Ghent', { before });
  expect(recentValues(alice).user).toEqual({ subtypes: ['Lunch'], messages: ['in Bruges'] });
});

it('[RG4] hidden messages of others are not listed for users', () => {
  const { edit, recentValues } = open({ hideOthersMessages: true });
  edit('bob', 'Trip', 'in Ghent');
  edit('alice', 'Lunch', 'mine');
  expect(recentValues(alice)).toEqual({
    user: { subtypes: ['Lunch'], messages: ['mine'] },
    site: { subtypes: ['Lunch', 'Trip'], messages: [] },
  });
  expect(recentValues({ ...alice, role: 'receptionist' }).site.messages).toEqual(['mine', 'in Ghent']);
});

it('[TP3] searches only the latest 300 edits', () => {
  const { edit, recentValues } = open();
  edit('alice', 'Lunch', 'long ago');
  for (let count = 0; count < 299; count++) edit('bob', 'Trip', 'in Ghent');
  expect(recentValues(alice).site.messages).toEqual(['in Ghent', 'long ago']);
  edit('bob', 'Trip', 'in Ghent');
  expect(recentValues(alice)).toMatchObject({
    site: { messages: ['in Ghent'] },
    user: { messages: ['long ago'] },
  });
});

it('[VI5] texts of extensions that are not visible are not listed', () => {
  const { edit, recentValues } = open({
    sightOf: () => ({ boardIds: new Map(), visibleIds: new Map([['1101@default', '1101@default']]) }),
  });
  edit('bob', 'Trip', 'in Ghent');
  edit('bob', 'Board', 'in the board room', { extension: '1102@default' });
  edit('alice', 'Lunch', 'with the board', { extension: '1102@default' });
  expect(recentValues(alice)).toEqual({
    user: { subtypes: [], messages: [] },
    site: { subtypes: ['Trip'], messages: ['in Ghent'] },
  });
});
