import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { COMMANDS, NOT_SET } from '@lampboard/protocol';
import { createRandom } from '@lampboard/demo-pbx';
import { startAsterisk } from '../../testkit/asterisk/start-asterisk.ts';
import { CHROMIUM_ONLY, expect, test as base } from '../../testkit/browser/fixtures.ts';
import { POOL_PASSWORD } from '../../testkit/gateway/account-pool.ts';
import { postCommand, signIn } from '../../testkit/gateway/http-client.ts';
import { startGateway } from '../../testkit/gateway/start-gateway.ts';
import { createLeakOracle, createTokens } from '../../testkit/limits/leak-oracle.ts';
import {
  CONTEXTS,
  DEPARTMENTS,
  addReceptionist,
  createPhones,
  createRandomLife,
  hintsOf,
  limitedTo,
} from '../../testkit/limits/random-life.ts';
import { recordPage, recordPolling, recordReplies, recordWebSocket } from '../../testkit/limits/recorders.ts';
import { makeTempFolder } from '../../testkit/processes/temp-folder.ts';
import { withResources } from '../../testkit/processes/resources.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';

/** How long the random life lasts; minutes of it are for releases. */
const LIFE_MS = Number(process.env['TEST_LIMITS_SECONDS'] ?? 20) * 1000;
const TOGGLE_MS = 1500;
/** An account may give 50 commands in five seconds. */
const ASK_MS = 5500;
const VISIT_MS = 2500;

const FIRST = limitedTo({ contexts: [CONTEXTS.first] });
const SECOND = limitedTo({ contexts: [CONTEXTS.second] });
const DEPARTMENT = limitedTo({ departments: [DEPARTMENTS[0]] });

const test = base.extend<{ folder: Awaited<ReturnType<typeof makeTempFolder>> }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright asks for a destructured first argument
  folder: async ({}, use) => {
    const folder = await makeTempFolder();
    await use(folder);
    await folder.stop();
  },
});

/** Runs a task again and again until the time is up. */
async function repeat(task: () => Promise<unknown>, everyMs: number, end: number): Promise<void> {
  while (performance.now() < end) {
    await task();
    await delay(everyMs);
  }
}

/** Visits every page, opens a person, and searches for a number. */
async function visitPages(page: Page, url: string, searched: string): Promise<void> {
  await page.goto(url);
  await page.locator('[data-extension]').first().click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type(searched);
  for (const path of ['wall', 'account', 'me', 'admin']) await page.goto(`${url}${path}`);
}

/** The numbers of the deltas in a recording. */
const deltaNumbers = (received: readonly string[]) =>
  received
    .filter((packet) => packet.startsWith('42["delta",'))
    .map((packet) => Number(/"seq":(\d+)/.exec(packet)?.[1]));

test(
  '[VI2] [VI3] [VI5] [VI7] [VI11] in a random life nothing of what is not visible reaches a client with limits',
  { tag: CHROMIUM_ONLY },
  async ({ release, page, folder }) => {
    test.setTimeout(LIFE_MS + 120_000);
    const token = createTokens();
    const seed = Date.now() % 1_000_000;
    process.stdout.write(`random life of ${LIFE_MS / 1000} s, seed ${seed}\n`);
    const phones = createPhones(token);
    const numberIn = (context: string) =>
      phones.flatMap(({ numbers }) => numbers).find((number) => number.endsWith(`@${context}`)) ?? '';
    const [assigned, hidden] = [numberIn(CONTEXTS.first), numberIn(CONTEXTS.hidden)];
    const directoryFile = join(folder.path, 'people.csv');
    await writeFile(directoryFile, 'extension,name\n');
    await withResources(async (track) => {
      const asterisk = await track(startAsterisk({ release, hints: hintsOf(phones) }));
      const gateway = await track(
        startGateway({
          amiPort: asterisk.amiPort,
          env: { LAMPBOARD_DIRECTORY_FILE: directoryFile },
        }),
      );
      const { url } = gateway;
      const admin = await signIn(gateway, 'ada');
      const accounts = {
        context: FIRST,
        asking: FIRST,
        department: DEPARTMENT,
        toggling: FIRST,
        assigned: SECOND,
      };
      for (const [name, limits] of Object.entries(accounts))
        await addReceptionist(gateway, admin, name, limits);
      const change = (account: string, settings: object) =>
        postCommand(gateway, admin, 'change-account', {
          account,
          settings: { role: 'receptionist', extensions: [], disabled: false, ...settings },
        });
      await change('assigned', { role: 'user', extensions: [assigned] });
      const cookieOf = (account: string) => signIn(gateway, { account, password: POOL_PASSWORD });

      const oracle = createLeakOracle({
        context: { assigned: [], limits: [FIRST] },
        department: { assigned: [], limits: [DEPARTMENT] },
        toggling: { assigned: [], limits: [FIRST, SECOND] },
        assigned: { assigned: [assigned], limits: [SECOND] },
      });
      const whole = await track(
        recordWebSocket({ url, cookie: await signIn(gateway, 'rita') }, oracle.follow),
      );
      const random = createRandom({ seed });
      const life = await createRandomLife({
        asterisk,
        gateway,
        directoryFile,
        phones,
        token,
        random,
        oracle,
      });
      await life.writeDirectory();
      gateway.child().signal('SIGHUP');
      await waitUntil('all names', () =>
        [...oracle.board().extensions.values()].some(({ person }) => person.department !== ''),
      );

      const cookie = await cookieOf('context');
      const target = { url, cookie };
      const members = [hidden, assigned];
      const group = { id: 'one', name: 'One', members };
      await postCommand(gateway, cookie, 'save-group', { account: 'context', group });
      const socket = await track(recordWebSocket(target));
      const polling = await track(recordPolling(target));
      const others = {
        department: await track(recordWebSocket({ url, cookie: await cookieOf('department') })),
        toggling: await track(recordWebSocket({ url, cookie: await cookieOf('toggling') })),
        assigned: await track(recordWebSocket({ url, cookie: await cookieOf('assigned') })),
      };
      const browser = await track(recordPage(page));
      const replies = recordReplies({ url, cookie: await cookieOf('asking') });
      await waitUntil('every board', () =>
        [socket, ...Object.values(others)].every(({ received }) => received.join().includes('42["snapshot"')),
      );
      const changesBefore = oracle.changesSeenBy('context');

      const presence = { state: 'away', subtype: '', message: 'typed by an account with limits' };
      const answersFor = async (id: string) => {
        const body = { id, presence, base: NOT_SET };
        return {
          edit: await replies.command('set-presence', body),
          changes: await replies.command('list-presence-changes', body),
          history: await replies.command('list-history', body),
        };
      };
      async function askForEverything(): Promise<void> {
        expect(await answersFor(hidden)).toEqual(await answersFor(hidden.replace('z', 'y')));
        await answersFor(assigned);
        const template = { id: 'one', name: 'One', ...presence, returnTime: null };
        const preferences = { watchedExtensions: [hidden] };
        const rest = { account: 'asking', group, preferences, template, beforeId: null, session: hidden };
        for (const name of Object.keys(COMMANDS))
          if (name !== 'revoke-sessions' && !name.startsWith('remove-')) await replies.command(name, rest);
      }
      async function askForPages(): Promise<void> {
        for (const path of [
          '',
          'wall',
          'api/me',
          'api/sign-in',
          'api/audit.csv',
          'metrics',
          'healthz',
          'readyz',
        ])
          await replies.get(path);
      }
      let toggles = 0;
      const toggle = () => change('toggling', { limits: (toggles += 1) % 2 === 1 ? SECOND : FIRST });
      await page.context().request.post(`${url}api/sign-in`, {
        data: { account: 'context', password: POOL_PASSWORD },
      });

      const end = performance.now() + LIFE_MS;
      await Promise.all([
        life.run(LIFE_MS),
        repeat(askForEverything, ASK_MS, end),
        repeat(askForPages, ASK_MS, end),
        repeat(toggle, TOGGLE_MS, end),
        repeat(() => visitPages(page, url, hidden), VISIT_MS, end),
      ]);
      const shown = await page.content();
      await delay(1000);

      expect(oracle.leaksOnBoard('context', socket.received.join('\n'))).toEqual([]);
      expect(oracle.leaksOnBoard('context', polling.received.join('\n'))).toEqual([]);
      for (const name of ['department', 'toggling', 'assigned'] as const)
        expect(oracle.leaksOnBoard(name, others[name].received.join('\n')), name).toEqual([]);
      const past = [...replies.received, ...browser.received, shown].join('\n');
      expect(oracle.leaksInReplies('context', past, life.editorNames)).toEqual([]);
      // A client is told of each change that it sees, and of no other.
      const numbers = deltaNumbers(socket.received);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(numbers.length).toBe(oracle.changesSeenBy('context') - changesBefore);
      expect(numbers.length).toBeGreaterThan(LIFE_MS / 1000);
      // What has no limits would be found.
      expect(oracle.leaksOnBoard('context', whole.received.join('\n')).length).toBeGreaterThan(100);
    });
  },
);
