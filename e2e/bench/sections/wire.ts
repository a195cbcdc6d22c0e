import { startMeteredLink } from '../../testkit/network/metered-link.ts';
import { measureVisit, openOverSlowLink } from '../../testkit/browser/visit.ts';
import { median } from '../harness/measure.ts';
import { type Report, type Scale, target } from '../harness/report.ts';
import { withResources } from '../../testkit/processes/resources.ts';
import { openRepeatedly, openSignedIn, openSite, openingsTable } from './browser.ts';

const EXTENSIONS = 5000;
const MANY_EXTENSIONS = 50_000;

/** Bytes that a browser receives, measured on the network, and the time that takes on a slow link. */
export async function measureWire({ isSmoke }: Scale): Promise<Report> {
  const { visit, openings } = await withResources(async (track) => {
    const { browser, gateway } = await openSite(track, { extensions: EXTENSIONS });
    const liveAfterMs = await openRepeatedly(isSmoke, () => openOverSlowLink(browser, gateway));
    return { visit: await measureVisit(browser, gateway), openings: liveAfterMs };
  });
  const many = isSmoke ? EXTENSIONS : MANY_EXTENSIONS;
  const manyBytes = await withResources(async (track) => {
    const { browser, gateway } = await openSite(track, { extensions: many });
    const line = await track(startMeteredLink(gateway));
    await openSignedIn(browser, line.url);
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
      openingsTable(EXTENSIONS, openings, 'over 10 Mbit/s and 40 ms each way'),
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
