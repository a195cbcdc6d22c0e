import type { PlannedReturn } from '@lampboard/board';
import { expect, it } from 'vitest';
import { openTestIdentity } from '../testing/open-test-identity.ts';
import { mayCarryOut } from './may-carry-out.ts';

const ID = '1101@default';
const SETTINGS = { role: 'user' as const, extensions: [ID], disabled: false };

function planned() {
  const { accounts, clock } = openTestIdentity();
  const add = () => accounts.add({ name: 'Rita', ...SETTINGS, proof: 'password' })?.id ?? 0;
  const id = add();
  clock.now += 1000;
  const plan: PlannedReturn = {
    id: ID,
    provider: 'CustomPresence:1101',
    presence: { state: 'away', subtype: '', message: '' },
    back: { at: clock.now + 1000, next: 'available' },
    next: 'available',
    by: 'Rita',
    since: clock.now,
  };
  clock.now += 1000;
  return { accounts, add, id, may: () => mayCarryOut(plan, accounts) };
}

it('[RT10] a planned return is carried out while its account may still set that presence', () => {
  const { accounts, id, may } = planned();
  expect(may()).toBe(true);
  accounts.change(id, { ...SETTINGS, disabled: true });
  expect(may()).toBe(false);
  accounts.change(id, { ...SETTINGS, extensions: ['1102@default'] });
  expect(may()).toBe(false);
  accounts.change(id, { ...SETTINGS, role: 'receptionist', extensions: [] });
  expect(may()).toBe(true);
});

it('[RT10] it ends with its account, and is not taken over by another of the same name', () => {
  const { accounts, add, id, may } = planned();
  accounts.remove(id);
  expect(may()).toBe(false);
  add();
  expect(may()).toBe(false);
});
