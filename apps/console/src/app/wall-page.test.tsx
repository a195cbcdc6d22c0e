import { DEFAULT_PREFERENCES, FAVOURITES } from '@lampboard/protocol';
import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { renderLive } from '../live/testing/render-live.tsx';
import { rowOf } from '../live/testing/row-of.ts';
import { snapshotWith } from '../live/testing/snapshot-with.ts';
import { withLayout } from '../live/testing/with-layout.ts';
import { WallPage } from './wall-page.tsx';

withLayout({ width: 1920, height: 1080 });

const inDepartment = (exten: string, department: string) =>
  rowOf(exten, { person: { name: `Name ${exten}`, department, email: '', mobile: '' } });
const ROWS = [inDepartment('1101', 'Support'), inDepartment('1102', 'Sales'), inDepartment('1103', 'Sales')];
const OWN = {
  preferences: DEFAULT_PREFERENCES,
  groups: [
    { id: FAVOURITES, name: '', members: ['1103@default', '1101@default'] },
    { id: 'g1', name: 'Hall', members: ['1102@default'] },
  ],
};

/** What each page is called, and who is on it. */
async function turned(query: string): Promise<readonly string[]> {
  history.replaceState(null, '', `/wall${query}`);
  const page = renderLive(() => <WallPage />);
  await page.happens(() => {
    page.open(snapshotWith(ROWS));
    page.tellOwn(OWN);
  });
  const seen: string[] = [];
  for (;;) {
    const heading = screen.getByRole('heading', { level: 1 }).textContent;
    const ids = screen.queryAllByRole('img').map(({ dataset }) => dataset['extension']?.split('@')[0]);
    const told = `${heading}: ${ids.join(' ')}`;
    if (seen.includes(told)) return seen;
    seen.push(told);
    await userEvent.keyboard('{ArrowRight}');
  }
}

it.each([
  ['', ['Sales: 1102 1103', 'Support: 1101']],
  ['?group=Support', ['Support: 1101']],
  ['?group=g1&group=favourites&group=Sales', ['Hall: 1102', 'Favourites: 1103 1101', 'Sales: 1102 1103']],
  ['?group=everyone', ['Everyone: 1101 1102 1103']],
  ['?group=default', ['default: 1101 1102 1103']],
])('[WL2] the address %s leads to these pages', async (query, pages) => {
  expect(await turned(query)).toEqual(pages);
});

it('[WL2] a group of nobody is told', async () => {
  await turned('?group=Nowhere');
  expect(screen.getByText('Nobody in Nowhere')).toBeDefined();
});

it.each([
  ['', 20],
  ['?seconds=45', 45],
  ['?seconds=1', 5],
  ['?seconds=9999', 600],
  ['?seconds=soon', 20],
])('[WL2] with the address %s each page is seen for %i seconds', async (query, seconds) => {
  await turned(query);
  expect(screen.getByText(new RegExp(`shown for ${seconds} seconds`, 'u'))).toBeDefined();
});
