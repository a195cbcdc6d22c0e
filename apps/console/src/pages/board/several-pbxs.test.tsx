import { type LinkStatus, ONLY_PBX } from '@lampboard/protocol';
import { screen, within } from '@testing-library/react';
import { Profiler } from 'react';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { testPbx } from '@lampboard/model/testing';
import { Tile } from '../../features/board/tile.tsx';
import { PersonLine } from '../../features/command-palette/option-list.tsx';
import { ExtensionName } from '../../entities/extension/extension-name.tsx';
import { COLUMNS } from '../../features/table/columns.ts';
import { TableRow } from '../../features/table/table-row.tsx';
import { WallTile } from '../../features/wall/wall-tile.tsx';
import { CLOCK } from '../../i18n/formats.ts';
import { RITA } from '../../testing/fake-gateway.ts';
import { NARROW_BOARD, withLayout } from '../../testing/fake-layout.ts';
import {
  patch,
  personNamed,
  presenceOf,
  settingsWith,
  snapshotWith,
  testExtension,
} from '../../testing/fixtures.ts';
import { renderLive, tileIds } from '../../testing/render-live.tsx';
import { WallPage } from '../wall-page.tsx';
import { BoardPage } from './board-page.tsx';

const LIVE: LinkStatus = { state: 'live' };
const MINUTE = 60_000;
const unreachable = (since: number): LinkStatus => ({
  state: 'down',
  since,
  reason: 'unreachable',
  code: 'EHOSTUNREACH',
});
const personAt = (pbxId: string, exten: string, name: string) =>
  testExtension(exten, { id: `${pbxId}/${exten}@default`, person: personNamed(name) });
const EXTENSIONS = [
  personAt('leipzig', '200', 'Anna Müller'),
  personAt('leipzig', '201', 'Ben Kurz'),
  personAt('koeln', '200', 'Carla Jung'),
];

function boardWith({ leipzig = LIVE, koeln = LIVE }: { leipzig?: LinkStatus; koeln?: LinkStatus } = {}) {
  const pbxs = [
    testPbx('leipzig', { name: 'Leipzig', version: '22.10', link: leipzig }),
    testPbx('koeln', { name: 'Köln', colour: 'teal', version: '16.28', link: koeln }),
  ];
  return snapshotWith(EXTENSIONS, { pbxs });
}
const linkPatch = (id: string, link: LinkStatus) =>
  ({ table: 'pbxs', op: 'patch', id, fields: { link } }) as const;

/** Preloaded, as the page does once it is drawn. */
beforeAll(() => import('../person/person-panel.tsx'));
beforeEach(() => {
  const { matchMedia } = window;
  vi.spyOn(window, 'matchMedia').mockImplementation(() => matchMedia.call(window, 'not all'));
  history.replaceState(null, '', '/');
});
withLayout(NARROW_BOARD);

async function opened(snapshot = boardWith(), me = RITA) {
  const page = renderLive(() => <BoardPage />, { me });
  await page.happens(() => page.open(snapshot));
  const badge = () => document.querySelector('.connection-badge')?.textContent ?? '';
  const bannerLines = () =>
    Array.from(document.querySelectorAll('.connection-outages > li'), ({ textContent }) => textContent);
  const root = () => document.querySelector<HTMLElement>('[data-link]')?.dataset['link'];
  const summary = () => document.querySelector('.board-header-counts')?.textContent;
  return { ...page, badge, bannerLines, root, summary };
}
const time = (timestamp: number) => new Intl.DateTimeFormat('en', CLOCK).format(timestamp);

it('[PB12] while all are live, the badge is one word with the number of PBXs', async () => {
  const { badge, bannerLines } = await opened();
  expect(badge()).toBe('Live2 PBXs');
  expect(screen.getByTitle(/Leipzig: Asterisk 22\.10 Köln: Asterisk 16\.28/u)).toBeDefined();
  expect(bannerLines()).toEqual([]);
});

it('[PB12] the badge names the PBX that is down, its cause and since when', async () => {
  const { badge, happens, change } = await opened();
  await happens(() => change(linkPatch('leipzig', unreachable(3 * MINUTE))));
  expect(badge()).toBe(`Leipzig: Asterisk unreachable since ${time(3 * MINUTE)}`);
  await happens(() => change(linkPatch('leipzig', LIVE)));
  expect(badge()).toBe('Live2 PBXs');
});

it('[PB12] each PBX that is down has its own since, in the badge and in a line of the banner', async () => {
  const { badge, bannerLines } = await opened(
    boardWith({ leipzig: unreachable(3 * MINUTE), koeln: unreachable(5 * MINUTE) }),
  );
  expect(badge()).toBe(`Not live: Leipzig since ${time(3 * MINUTE)}Köln since ${time(5 * MINUTE)}`);
  expect(bannerLines()).toEqual([
    expect.stringMatching(
      new RegExp(`Leipzig: Asterisk cannot be reached\\. Its .*, as of ${time(3 * MINUTE)}\\.`, 'u'),
    ),
    expect.stringMatching(
      new RegExp(`Köln: Asterisk cannot be reached\\. Its .*, as of ${time(5 * MINUTE)}\\.`, 'u'),
    ),
  ]);
});

it('[PB12] the banner names settings as they are in lampboard.yaml, and to administrators the address tried', async () => {
  const { bannerLines, gateway, happens, change } = await opened(boardWith(), { ...RITA, role: 'admin' });
  const pbxs = ['leipzig', 'koeln'].map((id) => ({
    id,
    name: id,
    asterisk: `${id}.example.com:5038`,
    link: [],
  }));
  gateway.stubCommand('get-health', { time: 0, pbxs, samples: [] });
  await happens(() => change(linkPatch('koeln', unreachable(0))));
  expect(bannerLines()[0]).toContain('check host and port of this PBX in lampboard.yaml');
  expect(bannerLines()[0]).not.toContain('LAMPBOARD_');
  await vi.waitFor(() => expect(bannerLines()[0]).toContain('Tried: koeln.example.com:5038 (EHOSTUNREACH).'));
});

it.each([
  ['Leipzig', 'host and port of this PBX in lampboard.yaml'],
  ['', 'LAMPBOARD_AMI_HOST'],
])(
  '[PB12] with one PBX, named “%s” or not, the banner names its settings where they are',
  async (name, named) => {
    await opened(
      snapshotWith([testExtension('200')], { pbxs: [testPbx(ONLY_PBX, { name, link: unreachable(0) })] }),
    );
    expect(screen.getByText(/Asterisk cannot be reached/u).parentElement?.textContent).toContain(named);
  },
);

it('[PB12] while the page is not connected to the gateway, that is said once', async () => {
  const { badge, bannerLines, happens, breakOff } = await opened(boardWith({ koeln: unreachable(0) }));
  await happens(breakOff);
  expect(badge()).toContain('Reconnecting…');
  expect(bannerLines()).toEqual([]);
  expect(screen.getByText(/connection to the Lampboard gateway was lost/u)).toBeDefined();
});

it('[PB12] while other PBXs are live the banner can be dismissed, until another link breaks', async () => {
  const { badge, bannerLines, user, happens, change } = await opened(boardWith({ koeln: unreachable(0) }));
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(bannerLines()).toEqual([]);
  expect(badge()).toContain('Köln');
  await happens(() => change(linkPatch('leipzig', unreachable(0))));
  expect(bannerLines()).toHaveLength(2);
  expect(screen.queryByRole('button', { name: 'Dismiss' })).toBeNull();
});

it('[PB12] [PB14] more than two PBXs that are down are counted, and named in the title', async () => {
  const pbxs = ['Bonn', 'Graz', 'Oslo', 'Wien'].map((name, index) => {
    const link = index === 0 ? LIVE : unreachable(index * MINUTE);
    return testPbx(name.toLowerCase(), { name, link });
  });
  const extensions = pbxs.map(({ id, name }) => personAt(id, '200', name));
  const { badge, summary } = await opened(snapshotWith(extensions, { pbxs }));
  expect(badge()).toBe('3 of 4 PBXs not live');
  expect(screen.getByTitle(/^Graz: .+ Oslo: .+ Wien: Asterisk unreachable, since/u)).toBeDefined();
  expect(summary()).toBe('1 reachable0 on a call0 ringing · without 3 PBXs');
});

it('[PB13] the page is “down” while a PBX with an entry in view is, and only then', async () => {
  const { root, user, happens, change } = await opened();
  expect(root()).toBe('live');
  await happens(() => change(linkPatch('koeln', unreachable(0))));
  expect(root()).toBe('down');
  await user.type(screen.getByRole('textbox', { name: 'Search' }), 'Anna');
  await vi.waitFor(() => expect(tileIds()).toEqual(['leipzig/200@default']));
  expect(root()).toBe('live');
});

it('[PB13] the tab’s title names the PBXs that are not live', async () => {
  const { happens, change } = await opened();
  await happens(() => change(linkPatch('koeln', unreachable(0))));
  expect(document.title).toBe('Köln not live · Lampboard');
  await happens(() => change(linkPatch('leipzig', unreachable(0))));
  expect(document.title).toBe('Not live · Lampboard');
});

it('[PB14] counts of header and filters leave out a PBX that is down, and say so; they are last known if all are', async () => {
  const { summary, happens, change } = await opened();
  const reachable = () =>
    screen.getByRole('button', { name: /^Reachable/u }).querySelector('.sidebar-count')?.textContent;
  expect([summary(), reachable()]).toEqual(['3 reachable0 on a call0 ringing', '3']);
  await happens(() => change(linkPatch('leipzig', unreachable(0))));
  expect([summary(), reachable()]).toEqual(['1 reachable0 on a call0 ringing · without Leipzig', '1']);
  const filters = within(screen.getByRole('region', { name: 'Filters' }));
  expect(filters.getByRole('heading').textContent).toBe('Filters · without Leipzig');
  await happens(() => change(linkPatch('koeln', unreachable(0))));
  expect([summary(), reachable()]).toEqual(['Last known: 3 reachable0 on a call0 ringing', '3']);
});

it('[PB14] a filter does not match extensions of a PBX that is down', async () => {
  const { sendSettings, happens } = await opened(boardWith({ koeln: unreachable(0) }));
  const filter = { preset: 'reachable', lamps: [], presences: [] } as const;
  await happens(() => sendSettings(settingsWith({ filter })));
  expect(tileIds()).toEqual(['leipzig/200@default', 'leipzig/201@default']);
});

it('[PB14] the wall names the PBX that is down, and counts the others', async () => {
  history.replaceState(null, '', '/wall?group=everyone&group=koeln');
  const page = renderLive(() => <WallPage />);
  await page.happens(() => page.open(boardWith({ koeln: unreachable(3 * MINUTE) })));
  const header = () => document.querySelector('.wall-header')?.textContent;
  expect(header()).toContain('Everyone2 reachable0 on a call0 ringing · without Köln');
  expect(header()).toContain(`Köln not live since ${time(3 * MINUTE)}Asterisk cannot be reached`);
  await page.user.keyboard('{ArrowRight}');
  expect(header()).toContain(`KölnKöln not live since ${time(3 * MINUTE)}`);
  await page.happens(() => page.change(linkPatch('leipzig', unreachable(5 * MINUTE))));
  const sinces = `Leipzig since ${time(5 * MINUTE)} · Köln since ${time(3 * MINUTE)}`;
  expect(header()).toContain(`Not live${sinces}`);
});

const STATE = { open: false, highlighted: false, stale: false, unsaved: false, tabbable: false };
const HANDLERS = { onOpen: () => undefined, onFocusTile: () => undefined };

it.each([
  ['tile', (id: string) => <Tile id={id} column={1} {...STATE} {...HANDLERS} />],
  [
    'row',
    (id: string) => <TableRow id={id} columns={COLUMNS} index={0} start={0} {...STATE} {...HANDLERS} />,
  ],
  ['wall tile', (id: string) => <WallTile id={id} />],
  ['line of the palette', (id: string) => <PersonLine id={id} />],
  ['member of a group', (id: string) => <ExtensionName id={id} />],
])('[PB15] a %s shows the PBX where both have the number, and only there', async (_, part) => {
  const page = renderLive(() =>
    EXTENSIONS.map(({ id }) => (
      <fieldset key={id} aria-label={id}>
        {part(id)}
      </fieldset>
    )),
  );
  await page.happens(() => page.open(boardWith()));
  const pbxs = EXTENSIONS.map(
    ({ id }) =>
      within(screen.getByRole('group', { name: id })).queryByText(/^(200 · )?(Leipzig|Köln)$/u)?.textContent,
  );
  expect(pbxs).toEqual([expect.stringContaining('Leipzig'), undefined, expect.stringContaining('Köln')]);
});

it('[PB15] the accessible name of a tile has the PBX', async () => {
  await opened();
  expect(screen.getByRole('gridcell', { name: /^200 Carla Jung \(Köln\), Idle/u })).toBeDefined();
  expect(screen.getByRole('gridcell', { name: /^201 Ben Kurz, Idle/u })).toBeDefined();
});

it('[PB16] the sidebar has a group for each PBX, which is in the address and says since when it is not live', async () => {
  const { user, happens, change } = await opened();
  const koeln = () => screen.getByRole('link', { name: /^Köln/u });
  expect(koeln().textContent).toBe('Köln1');
  await happens(() => change(linkPatch('koeln', unreachable(3 * MINUTE))));
  expect(koeln().textContent).toBe(`KölnNot live since ${time(3 * MINUTE)}1`);
  await user.click(koeln());
  expect(location.search).toBe('?pbx=koeln');
  expect(tileIds()).toEqual(['koeln/200@default']);
  expect(screen.getByRole('heading', { level: 1, name: 'Köln' })).toBeDefined();
});

it('[PB16] a board with one PBX has no such group', async () => {
  await opened(snapshotWith(EXTENSIONS, { pbxs: [testPbx('leipzig', { name: 'Leipzig' })] }));
  expect(screen.queryByRole('heading', { name: 'PBXs' })).toBeNull();
  expect(screen.queryByRole('link', { name: /Leipzig/u })).toBeNull();
});

it('[PB17] a change of one link renders only the tiles of its PBX', async () => {
  const drawn: string[] = [];
  const page = renderLive(() =>
    EXTENSIONS.map(({ id }) => (
      <Profiler key={id} id={id} onRender={() => drawn.push(id)}>
        <Tile id={id} column={1} {...STATE} {...HANDLERS} />
      </Profiler>
    )),
  );
  await page.happens(() => page.open(boardWith()));
  for (const link of [unreachable(0), LIVE]) {
    drawn.length = 0;
    await page.happens(() => page.change(linkPatch('koeln', link)));
    expect(drawn).toEqual(['koeln/200@default']);
  }
  drawn.length = 0;
  await page.happens(() =>
    page.change(patch('leipzig/201@default', { presence: presenceOf('away'), presenceSetAt: 0 })),
  );
  expect(drawn).toEqual(['leipzig/201@default']);
});
