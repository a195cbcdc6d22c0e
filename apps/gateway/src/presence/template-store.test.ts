import { MAX_TEMPLATES, type PresenceTemplate } from '@lampboard/protocol';
import { expect, it } from 'vitest';
import { openTestAuth } from '../auth/testing/open-test-auth.ts';
import { createTemplateStore } from './template-store.ts';

function open() {
  const auth = openTestAuth();
  const templates = createTemplateStore({ db: auth.store.db });
  return { ...auth, templates, alice: auth.addAccount('alice'), bob: auth.addAccount('bob') };
}
const lunch = (id: string, overrides: Partial<PresenceTemplate> = {}): PresenceTemplate => ({
  id,
  name: `Lunch ${id}`,
  state: 'away',
  subtype: 'Lunch',
  message: 'Back soon\n🍜',
  returnTime: { kind: 'in', minutes: 45, thenState: 'available' },
  ...overrides,
});

it('[TP1] lists templates of an account and of the site in the order of creation', () => {
  const { templates, store, alice, bob } = open();
  for (const id of ['b', 'a', 'c']) templates.save(alice, lunch(id));
  templates.save(null, lunch('a', { name: 'Of the site', returnTime: null }));
  templates.save(alice, lunch('b', { message: 'changed in its place' }));
  templates.remove(alice, 'c');
  templates.remove(bob, 'a');
  const userTemplates = [lunch('b', { message: 'changed in its place' }), lunch('a')];
  expect(createTemplateStore({ db: store.db }).list(alice)).toEqual(userTemplates);
  expect(templates.list(null)).toEqual([lunch('a', { name: 'Of the site', returnTime: null })]);
  expect(templates.list(bob)).toEqual([]);
});

it('[TP1] limits the templates of each account and of the site', () => {
  const { templates, alice, bob } = open();
  for (const owner of [alice, null]) {
    for (let count = 0; count < MAX_TEMPLATES; count++)
      expect(templates.save(owner, lunch(`t${count}`))).toBe(true);
    expect(templates.save(owner, lunch('one more'))).toBe(false);
    expect(templates.save(owner, lunch('t7', { name: 'another' }))).toBe(true);
    expect(templates.list(owner)).toHaveLength(MAX_TEMPLATES);
  }
  expect(templates.save(bob, lunch('his first'))).toBe(true);
});

it('[TP1] templates are removed with their account, those of the site stay', () => {
  const { templates, accounts, store, alice } = open();
  templates.save(alice, lunch('a'));
  templates.save(null, lunch('b'));
  accounts.remove(alice);
  expect(store.db.prepare('SELECT id FROM templates').all()).toMatchObject([{ id: 'b' }]);
});
