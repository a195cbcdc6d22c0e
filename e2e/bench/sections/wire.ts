import { openBoard } from '../../testkit/browser/board-speed.ts';
import { signInBrowser } from '../../testkit/browser/fixtures.ts';
import { startMeteredLink } from '../../testkit/network/metered-link.ts';
import { measureVisit, openOverSlowLink } from '../../testkit/browser/visit.ts';
import { median } from '../harness/measure.ts';
import { type Report, type Scale, target } from '../harness/report.ts';
import { withResources } from '../../testkit/processes/resources.ts';
import { openSite } from './browser.ts';

const EXTENSIONS = 5000;
const MANY_EXTENSIONS = 50_000;
const OPENINGS = 5;

/** Bytes that a browser receives, measured on the network, and the time that takes on a slow link. */
export async function measureWire({ isSmoke }: Scale): Promise<Report> {
  const { visit, openings } = await withResources(async (track) => {
    const { browser, gateway } = await openSite(track, { extensions: EXTENSIONS });
    const liveAfterMs: number[] = [];
    while (liveAfterMs.length < (isSmoke ? 1 : OPENINGS))
      liveAfterMs.push(await openOverSlowLink(browser, gateway));
    return { visit: await measureVisit(browser, gateway), openings: liveAfterMs };
  });
  const many = isSmoke ? EXTENSIONS : MANY_EXTENSIONS;
  const manyBytes = await withResources(async (track) => {
    const { browser, gateway } = await openSite(track, { extensions: many });
    const line = await track(startMeteredLink(gateway));
    const context = await browser.newContext();
    await signInBrowser(context, line);
    await openBoard(await context.newPage(), line.url);
    return line.received().webSocket;
  });

  return {
    tables: [
      {
        title: 'Bytes that a browser is sent, headers and fonts included',
        columns: ['', 'kB'],
        rows: [
          ['first visit, over HTTP', visit.first / 1000],
          ['reload, over HTTP', visit.reload / 1000],
          [`board of ${EXTENSIONS}, over its WebSocket`, visit.board / 1000],
          [`board of ${many}, over its WebSocket`, manyBytes / 1000],
        ],
      },
      {
        title: `The board of ${EXTENSIONS}, opened ${openings.length} times over 10 Mbit/s and 40 ms each way`,
        columns: ['', 'median', 'longest'],
        rows: [['live after (ms)', median(openings), Math.max(...openings)]],
      },
    ],
    targets: [
      target('first visit over HTTP', visit.first / 1000, 260, ' kB'),
      target('reload over HTTP', visit.reload / 1000, 5, ' kB'),
      target(`board of ${EXTENSIONS}`, visit.board / 1000, 200, ' kB'),
      target(`board of ${many}`, manyBytes / 1000, 2000, ' kB'),
      target('board live over 10 Mbit/s and 40 ms, median', median(openings), 1500, ' ms'),
    ],
  };
}
