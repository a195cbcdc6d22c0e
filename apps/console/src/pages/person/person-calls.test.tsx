import { testPbx } from '@lampboard/model/testing';
import type { Call } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import {
  PANEL_PROPS,
  personNamed,
  putCall,
  removeCall,
  testCall,
  testExtension,
} from '../../testing/fixtures.ts';
import { renderBoard } from '../../testing/render-live.tsx';
import { PersonPanelContainer } from './person-panel.tsx';

const ALICE = testExtension('1104', { person: personNamed('Alice Chen'), lamp: 'in-use' });
const RITA = testExtension('1101', { person: personNamed('Rita Moreno') });
const NOW = 1_000_000;
const lineOf = (id: string, overrides: Partial<Call>) =>
  testCall(id, { extensions: [ALICE.id], since: NOW - 65_000, ...overrides });
const OUTSIDE = lineOf('1.1', { party: { number: '+4940550199', name: 'Nordhafen GmbH' }, queue: 'Sales' });
const INSIDE = lineOf('1.2', { state: 'holding', party: { number: '1101', name: '', extension: RITA.id } });

async function opened(...calls: readonly Call[]) {
  const onOpen = vi.fn<(id: string) => void>();
  const content = () => <PersonPanelContainer id={ALICE.id} {...PANEL_PROPS} onOpen={onOpen} />;
  const pbxs = [testPbx('', { callsLink: { state: 'live' } })];
  const page = await renderBoard(content, [ALICE, RITA], {}, { calls: [...calls], pbxs, time: NOW });
  const texts = () =>
    within(screen.getByRole('region', { name: 'Calls' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
  return { ...page, onOpen, texts };
}

it('[CT8] the panel lists every call with its parties, and opens those of the board', async () => {
  const { texts, user, onOpen } = await opened(INSIDE, OUTSIDE);
  expect(texts()).toEqual([
    'With Nordhafen GmbH1:05+4940550199 · Queue Sales',
    'Holding Rita Moreno1:051101',
  ]);
  await user.click(screen.getByRole('button', { name: 'Rita Moreno' }));
  expect(onOpen).toHaveBeenCalledWith(RITA.id);
});

it('[CT8] it follows the calls, and says when a parked one comes back', async () => {
  const { happens, change, texts } = await opened(OUTSIDE);
  const parking = { lot: 'default', slot: '702', by: INSIDE.party, returnsAt: NOW + 32_500 };
  await happens(() => change(putCall(lineOf('1.1', { state: 'parked', parking }))));
  expect(texts()).toEqual(['Parked 7021:05back in 0:32 · by Rita Moreno']);
  await happens(() => change(removeCall('1.1')));
  expect(screen.queryByRole('region', { name: 'Calls' })).toBeNull();
});
