import { type Browser, type Page, chromium } from '@playwright/test';
import { startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { ASTERISK_RELEASES } from '../../testkit/asterisk/debian-asterisk.ts';
import {
  measureTyping,
  openBoard,
  scrollBoard,
  traceMainThread,
  traceOpening,
} from '../../testkit/browser/board-speed.ts';
import { CHROMIUM_BROWSER } from '../../testkit/browser/browsers.ts';
import { signInBrowser } from '../../testkit/browser/fixtures.ts';
import { directoryOf, startLargeSite } from '../../testkit/browser/large-site.ts';
import { openOverSlowLink } from '../../testkit/browser/visit.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { startMeteredLink } from '../../testkit/network/metered-link.ts';
import { manyHints } from '../../testkit/pbx/pbx-under-test.ts';
import { maxRssKb } from '../../testkit/processes/proc-stats.ts';
import { type Track, withResources } from '../../testkit/processes/resources.ts';
import { median } from '../harness/measure.ts';
import { type Report, type Scale, target } from '../harness/report.ts';
import { openLampDriver } from '../harness/state-log.ts';

const EXTENSIONS = 20_000;
const FIRST_NUMBER = 20_000;
const OPENINGS = 5;
const PER_SECOND = 100;
/** A number and a name that many have, typed key by key. */
const SEARCHES = ['29871', 'Lindqvist'];

interface Site {
  readonly name: string;
  readonly url: string;
  /** Null: of a gateway that runs elsewhere. */
  readonly pid: number | null;
  /** Changes lamps until the returned function is called. */
  readonly changeLamps: () => () => Promise<void>;
}

/**
 * 20,000 hints of two real Asterisks on one board whose lamps change, beside those of one demo PBX, and another version's
 * board, which are quiet. One Asterisk does not start with so many hints within a minute.
 */
export async function measurePbxs({ isSmoke, beside }: Scale): Promise<Report> {
  const extensions = isSmoke ? 200 : EXTENSIONS;
  const sites = [
    (track: Track) => startTwoAsterisks(track, extensions),
    (track: Track) => startOneDemoPbx(track, extensions),
    ...(beside === undefined ? [] : [async () => quietSite(beside, beside, null)]),
  ];
  const rows = [];
  for (const open of sites)
    rows.push(await withResources(async (track) => measureSite(track, await open(track), isSmoke)));
  const [figures] = rows;
  if (figures === undefined) throw new Error('There is no site.');
  return {
    tables: [
      {
        title: `A board of ${extensions}; medians of ${isSmoke ? 1 : OPENINGS} openings with an empty cache`,
        columns: [
          '',
          'live (ms)',
          'main thread (ms)',
          'live over 10 Mbit/s, 40 ms (ms)',
          'search for the first key (ms)',
          'for a later one at most (ms)',
          'longest task while scrolling (ms)',
          'kB over its WebSocket',
          'MB of the page',
          'MB of the gateway',
        ],
        rows: rows.map(({ name, ...values }) => [name, ...Object.values(values)]),
      },
    ],
    targets: [
      target('live after opening, median', figures.liveMs, 2000, ' ms'),
      target('live over 10 Mbit/s and 40 ms, median', figures.slowLiveMs, 2000, ' ms'),
      target('search for the first key, median', figures.firstKeyMs, 75, ' ms'),
      target('search for any later key, median', figures.laterKeyMs, 50, ' ms'),
      target('task while scrolling', figures.scrollTaskMs, 50, ' ms'),
    ],
  };
}

async function startTwoAsterisks(track: Track, extensions: number): Promise<Site> {
  const each = extensions / ASTERISK_RELEASES.length;
  const pbxs = await Promise.all(
    ASTERISK_RELEASES.map(async (release, index) => {
      const hints = manyHints(each, FIRST_NUMBER + index * each);
      const asterisk = await track(startAsterisk({ release, hints }));
      const lamps = await track(openLampDriver(asterisk));
      return { id: `asterisk${release}`, asterisk, lamps, extens: hints.map(({ exten }) => exten) };
    }),
  );
  const gateway = await track(
    startGateway({
      pbxs: Object.fromEntries(pbxs.map(({ id, asterisk }) => [id, asterisk])),
      directory: directoryOf(extensions, FIRST_NUMBER),
    }),
  );
  return {
    name: `Asterisk ${ASTERISK_RELEASES.join(' and ')}, ${PER_SECOND} changes a second each`,
    url: gateway.url,
    pid: gateway.child().pid,
    changeLamps() {
      const stop = new AbortController();
      const changing = pbxs.map(async ({ lamps, extens }) => {
        while (!stop.signal.aborted) await lamps.changeRandomly(extens, PER_SECOND, 200);
      });
      return async () => {
        stop.abort();
        await Promise.all(changing);
      };
    },
  };
}

async function startOneDemoPbx(track: Track, extensions: number): Promise<Site> {
  const { gateway } = await track(startLargeSite({ extensions }));
  return quietSite('one demo PBX', gateway.url, gateway.child().pid);
}

const quietSite = (name: string, url: string, pid: number | null): Site => ({
  name,
  url,
  pid,
  changeLamps: () => async () => {},
});

async function measureSite(track: Track, site: Site, isSmoke: boolean) {
  const browser = await chromium.launch(CHROMIUM_BROWSER.launch);
  await track(Promise.resolve({ stop: () => browser.close() }));
  const line = await track(startMeteredLink(site));
  const first = await openContext(browser, line);
  await openBoard(await first.newPage(), line.url);
  await first.close();
  const bytes = line.received().webSocket;
  const openings = [];
  const slowOpenings = [];
  const firstKeys = [];
  const laterKeys: number[][] = [];
  while (openings.length < (isSmoke ? 1 : OPENINGS)) {
    const context = await openContext(browser, site);
    const page = await context.newPage();
    openings.push(await traceOpening(browser, page, site.url));
    firstKeys.push(...(await measureTyping(browser, page, '1')).map(({ mainThreadMs }) => mainThreadMs));
    const later = [];
    for (const text of SEARCHES)
      later.push(...(await measureTyping(browser, page, text)).map(({ mainThreadMs }) => mainThreadMs));
    laterKeys.push(later);
    await context.close();
    slowOpenings.push(await openOverSlowLink(browser, site));
  }
  const page = await (await openContext(browser, site)).newPage();
  await openBoard(page, site.url);
  const [keys = []] = laterKeys;
  const laterKeyMedians = keys.map((_, key) => median(laterKeys.map((ms) => ms[key] ?? Number.NaN)));
  const heapMb = await heapMbOf(page);
  const stopChanging = site.changeLamps();
  const { tasks } = await traceMainThread(browser, page, () => scrollBoard(page));
  await stopChanging();
  return {
    name: site.name,
    liveMs: median(openings.map(({ liveMs }) => liveMs)),
    mainThreadMs: median(openings.map(({ mainThreadMs }) => mainThreadMs)),
    slowLiveMs: median(slowOpenings),
    firstKeyMs: median(firstKeys),
    laterKeyMs: Math.max(...laterKeyMedians),
    scrollTaskMs: Math.max(...tasks.map(({ cpu }) => cpu)),
    kB: bytes / 1000,
    heapMb,
    gatewayMb: site.pid === null ? '–' : (await maxRssKb({ pid: site.pid })) / 1024,
  };
}

/** Signed in, with an empty cache. */
async function openContext(browser: Browser, site: Pick<Site, 'url'>) {
  const context = await browser.newContext();
  await signInBrowser(context, site);
  return context;
}

async function heapMbOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}
