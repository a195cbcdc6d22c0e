import { FAVOURITES } from '@lampboard/protocol';
import { boardPage, expect, openLiveBoard, test as base } from '../../testkit/browser/fixtures.ts';
import { POOL_PASSWORD } from '../../testkit/gateway/account-pool.ts';
import { postCommand, signIn, unwrapReply } from '../../testkit/gateway/http-client.ts';
import { inDefault, standardHints } from '../../testkit/pbx/pbx-under-test.ts';

const HINT = 'PJSIP/1106,CustomPresence:1106';
const IN_SALES = '1106@sales';

/** The extension 1106 has an intercom key, and its number in a second context. */
const test = base.extend<{ furtherNumbers: void }>({
  furtherNumbers: [
    async ({ asterisk, gateway }, use) => {
      const further = [inDefault('*801106', HINT), { exten: '1106', context: 'sales', hint: HINT }];
      await asterisk.reload([...standardHints(), ...further]);
      const presence = await asterisk.readPresence('CustomPresence:1106');
      const cookie = await signIn(gateway, 'rita');
      const saveFavourites = async (members: string[]) => {
        const group = { id: FAVOURITES, name: '', members };
        unwrapReply(await postCommand(gateway, cookie, 'save-group', { account: 'rita', group }));
      };
      await saveFavourites([IN_SALES, '1107@default']);
      await use();
      await saveFavourites([]);
      await asterisk.setPresence('CustomPresence:1106', presence);
      await asterisk.reload(standardHints());
    },
    { auto: true },
  ],
});

test('[KN6] an address and a favourite with a further number lead to the entry, and the star removes it', async ({
  page,
  gateway,
}) => {
  const board = await openLiveBoard(page, gateway, { path: `?group=favourites&extension=${IN_SALES}` });
  await expect(board.tile('1106')).toBeVisible();
  await expect(board.tile('1106')).toHaveAttribute('aria-selected', 'true');
  await expect(board.message).toBeVisible();
  const star = page.getByRole('button', { name: 'Favourite', exact: true });
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await star.click();
  await expect(board.tile('1106')).toHaveCount(0);
  await page.reload();
  await expect(board.tile('1107')).toBeVisible();
  await expect(board.tile('1106')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Favourite', exact: true })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
});

test('[KN7] an account whose only extension is a further number sets its own status', async ({
  page,
  gateway,
  asterisk,
}) => {
  const admin = await signIn(gateway, 'ada');
  const settings = { role: 'user' as const, extensions: ['*801106@default'], disabled: false };
  const account = { name: 'tom', password: POOL_PASSWORD, settings };
  unwrapReply(await postCommand(gateway, admin, 'add-account', account));
  await page.goto(`${gateway.url}me`);
  await page.getByRole('textbox', { name: 'Account' }).fill('tom');
  await page.getByLabel('Password', { exact: true }).fill(POOL_PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(`${gateway.url}me`);
  const me = boardPage(page);
  await me.presence('Do not disturb').click();
  await me.save.click();
  await expect.poll(() => asterisk.readPresence('CustomPresence:1106')).toMatchObject({ state: 'dnd' });
  await expect(me.presence('Do not disturb')).toBeChecked();
  await page.goto(gateway.url);
  await expect(me.tile('1106')).toBeVisible();
  await me.openPerson('1106');
  await expect(me.save).toBeVisible();
  unwrapReply(await postCommand(gateway, admin, 'remove-account', { account: 'tom' }));
});
