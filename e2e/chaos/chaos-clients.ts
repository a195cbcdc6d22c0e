import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, type Page, chromium, firefox } from '@playwright/test';
import { CHROMIUM_BROWSER, FIREFOX_BROWSER } from '../testkit/browser/browsers.ts';
import { signInBrowser } from '../testkit/browser/fixtures.ts';
import { factsOfCalls } from './call-facts.ts';
import { factsOf, type BoardSnapshot } from './snapshot-diff.ts';
import { ONLY_PBX, type Presence, extensionId, isOfPbx, pbxIdOf } from '@lampboard/protocol';
import { openBoardClient } from '../testkit/clients/board-client.ts';
import type { EditOutcome } from './edit-ledger.ts';
import type { ObservedSite } from './site.ts';

interface ChaosClient {
  readonly name: string;
  /** Pages do not show every message in full. */
  readonly isPage: boolean;
  /** Facts of one PBX, without its prefix; null while it is not live. */
  read(pbxId: string): Promise<BoardSnapshot | null>;
  stop(): Promise<void>;
}

export interface EditingClient extends ChaosClient {
  /** Null if it is not live or has no such extension: nothing was sent. */
  edit(id: string, presence: Presence): Promise<{ kind: EditOutcome; code: string }> | null;
}

export async function openSocketClient(url: string, cookie: string, name: string): Promise<EditingClient> {
  const client = await openBoardClient({ url }, { cookie });
  const isPresent = (id: string) =>
    client.isLive(pbxIdOf(id, client.board().pbxs.keys())) && client.board().extensions.get(id)?.presence;

  async function edit(id: string, presence: Presence): Promise<{ kind: EditOutcome; code: string }> {
    try {
      const reply = await client.setPresence(id, presence);
      if (reply.ok) return { kind: 'acknowledged', code: 'ok' };
      const { code, message } = reply;
      if (code === 'superseded') return { kind: 'acknowledged', code };
      const isUncertain = ['timeout', 'internal-error'].includes(code);
      const isUnknown = isUncertain && !message.includes('Nothing was changed');
      return { kind: isUnknown ? 'unknown' : 'rejected', code };
    } catch {
      return { kind: 'unknown', code: 'connection broken' };
    }
  }

  return {
    name,
    isPage: false,
    async read(pbxId) {
      const { pbxs, extensions, calls } = client.board();
      if (!client.isLive(pbxId) || pbxs.get(pbxId)?.callsLink?.state !== 'live') return null;
      const ofPbx = <R extends { readonly id: string }>(rows: ReadonlyMap<string, R>) =>
        [...rows.values()].filter(({ id }) => isOfPbx(id, pbxId));
      return new Map([
        ...ofPbx(extensions).flatMap(({ exten, context, lamp, presence }) =>
          factsOf(
            extensionId(exten, context, ONLY_PBX),
            lamp,
            presence?.state ?? null,
            presence?.message ?? null,
          ),
        ),
        ...factsOfCalls(ofPbx(calls)),
      ]);
    },
    edit: (id, presence) => (isPresent(id) ? edit(id, presence) : null),
    stop: async () => client.stop(),
  };
}

/** A page in a real browser, read through its DOM attributes. */
export interface PageClient extends ChaosClient {
  setOffline(isOffline: boolean): Promise<void>;
}

const LAUNCH = {
  Chromium: () => chromium.launch(CHROMIUM_BROWSER.launch),
  Firefox: () => firefox.launch(FIREFOX_BROWSER.launch),
} as const satisfies Record<string, () => Promise<Browser>>;

export type BrowserName = keyof typeof LAUNCH;

/** For each PBX; large enough for every tile: tiles out of view are not rendered. */
const VIEWPORT = { width: 1500, height: 1400 };

export async function openPageClient(url: string, name: BrowserName, pbxs: number): Promise<PageClient> {
  const browser = await LAUNCH[name]();
  try {
    const context = await browser.newContext({
      viewport: { ...VIEWPORT, height: pbxs * VIEWPORT.height },
    });
    await signInBrowser(context, { url });
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('[data-link="live"]').waitFor();
    return {
      name,
      isPage: true,
      read: (pbxId) => readPage(page, pbxId),
      setOffline: (isOffline) => context.setOffline(isOffline),
      stop: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function readPage(page: Page, pbxId: string): ReturnType<ChaosClient['read']> {
  const found = await page
    .locator('[data-extension]')
    .evaluateAll((all) =>
      all.map((element) => ({
        id: element.getAttribute('data-extension') ?? '',
        lamp: element.getAttribute('data-lamp') ?? '',
        lastKnown: element.getAttribute('data-last-known'),
        state: element.getAttribute('data-presence'),
      })),
    )
    .catch((error: unknown) => {
      if (error instanceof Error && error.message.includes('because of a navigation')) return [];
      throw error;
    });
  const tiles = found.filter(({ id }) => isOfPbx(id, pbxId));
  if (tiles.every(({ lastKnown }) => lastKnown !== null)) return null;
  return new Map(
    tiles.flatMap(({ id, lamp, state }) => factsOf(id.slice(id.indexOf('/') + 1), lamp, state, null)),
  );
}

const POLL_INTERVAL_MS = 10;

/** Reads what a client shows of a PBX repeatedly, between two reads of its Asterisk; stops with `onUnreadable` if one fails. */
export async function monitorClient(
  client: ChaosClient,
  { pbxId, oracle, checker }: Pick<ObservedSite, 'pbxId' | 'oracle' | 'checker'>,
  onUnreadable: (reason: string) => void,
) {
  const stop = new AbortController();
  let observations = 0;

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const from = performance.now();
      const snapshot = await client.read(pbxId);
      const to = performance.now();
      const oracleStates = await oracle.around(from, to);
      checker.observe({ client: client.name, isPage: client.isPage, from, to, snapshot, oracleStates });
      observations += 1;
      await delay(POLL_INTERVAL_MS);
    }
  }
  const running = run().catch((error: unknown) => {
    onUnreadable(`${client.name} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  });

  return {
    observations: () => observations,
    async stop() {
      stop.abort();
      await running;
    },
  };
}
