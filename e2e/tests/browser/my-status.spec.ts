import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { ACCOUNTS } from '../../testkit/gateway/test-accounts.ts';
import { watchPresence } from '../../testkit/sip/presence-watcher.ts';
import { CHROMIUM_ONLY, boardPage, expect, signInBrowser, test } from '../../testkit/browser/fixtures.ts';

/** Playwright's taps have no effect in Debian's Firefox. */
const press = (target: Locator, browserName: string) =>
  browserName === 'firefox' ? target.click() : target.tap();

test.describe('with a phone in one hand', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true });

  test('[ME1] signing in leads to one’s own status, which two taps set on the real Asterisk', async ({
    page,
    browserName,
    gateway,
    asterisk,
  }) => {
    const watcher = await watchPresence({ sipPort: asterisk.sipPort, extension: '1106', as: '1120' });
    await page.goto(gateway.url);
    await page.getByRole('textbox', { name: 'Account' }).fill('alice');
    await page.getByLabel('Password', { exact: true }).fill(ACCOUNTS.alice.password);
    await press(page.getByRole('button', { name: 'Sign in', exact: true }), browserName);
    await expect(page).toHaveURL(`${gateway.url}me`);

    const me = boardPage(page);
    for (const [label, state] of [
      ['Do not disturb', 'dnd'],
      ['Available', 'available'],
    ] as const) {
      await press(me.presence(label), browserName);
      await press(me.save, browserName);
      await watcher.waitFor((notification) => notification.state === state);
      expect(await asterisk.readPresence('CustomPresence:1106')).toMatchObject({ state });
    }
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow).toBe(0);
    await watcher.stop();
  });

  test('[ME1] the buttons are large enough for a thumb, and Save is in view without scrolling', async ({
    page,
    browserName,
    gateway,
    asterisk,
  }) => {
    // Long suggestions from other extensions.
    const long = { state: 'xa', subtype: '<b>'.repeat(40), message: 'w'.repeat(200) } as const;
    await asterisk.setPresence('CustomPresence:1108', long);
    await signInBrowser(page.context(), gateway, 'alice');
    await page.goto(`${gateway.url}me`);
    const me = boardPage(page);
    for (const label of ['Available', 'Chat', 'Away', 'Extended away', 'Do not disturb', 'Unavailable']) {
      const box = await me.presence(label).locator('xpath=ancestor-or-self::label').first().boundingBox();
      expect(box?.height, label).toBeGreaterThanOrEqual(44);
      expect(box?.width, label).toBeGreaterThanOrEqual(44);
    }
    await press(me.presence('Away'), browserName);
    await expect(me.save).toBeInViewport({ ratio: 1 });
    await expect(me.presence('Chat')).toBeInViewport({ ratio: 1 });
  });
});

test(
  '[PW1] the page can be installed as an app, which opens at one’s own status',
  { tag: CHROMIUM_ONLY },
  async ({ playwright, gateway, launchOptions }) => {
    const profile = await mkdtemp(join(tmpdir(), 'lampboard-profile-'));
    // A private window never offers installation.
    const context = await playwright.chromium.launchPersistentContext(profile, launchOptions);
    try {
      await signInBrowser(context, gateway, 'alice');
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(gateway.url);
      const cdp = await context.newCDPSession(page);
      await cdp.send('Page.enable');
      const manifest = await cdp.send('Page.getAppManifest');
      expect(manifest.errors).toEqual([]);
      const { start_url: start, display } = JSON.parse(manifest.data ?? '{}');
      expect([new URL(start, manifest.url).pathname, display]).toEqual(['/me', 'standalone']);
      await expect
        .poll(async () => (await cdp.send('Page.getInstallabilityErrors')).installabilityErrors)
        .toEqual([]);
    } finally {
      await context.close();
      await rm(profile, { recursive: true });
    }
  },
);
