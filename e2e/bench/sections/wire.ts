import { chromium } from '@playwright/test';
import { openBoard } from '../../testkit/browser/board-speed.ts';
import { CHROMIUM_BROWSER } from '../../testkit/browser/browsers.ts';
import { signInBrowser } from '../../testkit/browser/fixtures.ts';
import { startLargeSite } from '../../testkit/browser/large-site.ts';
import { startMeteredLink } from '../../testkit/network/metered-link.ts';
import { measureVisit, openOverSlowLink } from '../../testkit/browser/visit.ts';
import { median } from '../harness/measure.ts';
import type { Report, Scale } from '../harness/report.ts';
import { type Track, withResources } from '../../testkit/processes/resources.ts';

const EXTENSIONS = 5000;
const MANY_EXTENSIONS = 50_000;
const OPENINGS = 5;

/** Bytes that a browser receives, measured on the network, and the time that takes on a slow link. */
export async function measureWire({ isSmoke }: Scale): Promise<Report> {
  const { visit, openings } = await withResources(async (track) => {
    const { browser, gateway } = await openSite(track, EXTENSIONS);
    const liveAfterMs: number[] = [];
    while (liveAfterMs.length < (isSmoke ? 1 : OPENINGS))
      liveAfterMs.push(await openOverSlowLink(browser, gateway));
    return { visit: await measureVisit(browser, gateway), openings: liveAfterMs };
  });
  const many = isSmoke ? EXTENSIONS : MANY_EXTENSIONS;
  const manyBytes = await withResources(async (track) => {
    const { browser, gateway } = await openSite(track, many);
    const line = await track(startMeteredLink({ to: gateway.url }));
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
      { name: 'first visit over HTTP', value: visit.first / 1000, max: 260, unit: ' kB' },
      { name: 'reload over HTTP', value: visit.reload / 1000, max: 5, unit: ' kB' },
      { name: `board of ${EXTENSIONS}`, value: visit.board / 1000, max: 200, unit: ' kB' },
      { name: `board of ${many}`, value: manyBytes / 1000, max: 2000, unit: ' kB' },
      {
        name: 'board live over 10 Mbit/s and 40 ms, median',
        value: median(openings),
        max: 1500,
        unit: ' ms',
      },
    ],
  };
}

async function openSite(track: Track, extensions: number) {
  const { gateway } = await track(startLargeSite({ extensions }));
  const browser = await chromium.launch(CHROMIUM_BROWSER.launch);
  await track(Promise.resolve({ stop: () => browser.close() }));
  return { browser, gateway };
}
