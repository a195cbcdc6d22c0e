import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderLive } from '../testing/render-live.tsx';
import {
  favouritesOf,
  personNamed,
  settingsWith,
  snapshotWith,
  testExtension,
  testLine,
} from '../testing/fixtures.ts';
import { withLayout } from '../testing/fake-layout.ts';
import { WallPage } from './wall-page.tsx';

withLayout({ width: 1920, height: 1080 });

const member = (exten: string, department: string) =>
  testExtension(exten, { person: personNamed(`Name ${exten}`, department) });
const EXTENSIONS = [
  member('1101', 'Support'),
  member('1102', 'Sales'),
  member('1103', 'Sales'),
  testLine('parking', '71', { lamp: 'in-use' }),
  testLine('parking', '72'),
];
const HALL = { id: 'g1', name: 'Hall', members: ['1102@default'] };
const SETTINGS = settingsWith({}, [favouritesOf('1103@default', '1101@default'), HALL]);

async function visitPages(query: string): Promise<readonly string[]> {
  history.replaceState(null, '', `/wall${query}`);
  const page = renderLive(() => <WallPage />);
  await page.happens(() => {
    page.open(snapshotWith(EXTENSIONS));
    page.sendSettings(SETTINGS);
  });
  const seen: string[] = [];
  for (;;) {
    const heading = screen.getByRole('heading', { level: 1 }).textContent;
    const ids = screen.queryAllByRole('img').map(({ dataset }) => dataset['extension']?.split('@')[0]);
    const summary = `${heading}: ${ids.join(' ')}`;
    if (seen.includes(summary)) return seen;
    seen.push(summary);
    await page.user.keyboard('{ArrowRight}');
  }
}

it.each([
  ['', ['Sales: 1102 1103', 'Support: 1101']],
  ['?group=Support', ['Support: 1101']],
  ['?group=g1&group=favourites&group=Sales', ['Hall: 1102', 'Favourites: 1103 1101', 'Sales: 1102 1103']],
  ['?group=everyone', ['Everyone: 1101 1102 1103']],
  ['?group=default', ['default: 1101 1102 1103']],
])('[WL2] the address %s leads to these pages', async (query, pages) => {
  expect(await visitPages(query)).toEqual(pages);
});

it('[KP1] the wall shows a kind on request, with its counts', async () => {
  expect(await visitPages('?group=parking')).toEqual(['Parking: 71 72']);
  expect(screen.getByText('1 of 2 taken')).toBeDefined();
});

it('[WL2] an empty group is named as such', async () => {
  await visitPages('?group=Nowhere');
  expect(screen.getByText('No extensions in Nowhere')).toBeDefined();
});

it.each([
  ['', 20],
  ['?seconds=45', 45],
  ['?seconds=1', 5],
  ['?seconds=9999', 600],
  ['?seconds=soon', 20],
])('[WL2] with the address %s each page is seen for %i seconds', async (query, seconds) => {
  await visitPages(query);
  expect(screen.getByText(new RegExp(`shown for ${seconds} seconds`, 'u'))).toBeDefined();
});
