import { DND_CODE } from '../../testkit/asterisk/asterisk-config.ts';
import { startPhone } from '../../testkit/phones/start-phone.ts';
import { watchPresence } from '../../testkit/sip/presence-watcher.ts';
import { expect, test, openLiveBoard } from '../../testkit/browser/fixtures.ts';

const message = 'Ligne 1, été “été”\nline 2: 😀 <b>&amp; \\n ${EXTEN}';

test('[WR1] an edit made in the browser is in the NOTIFY that a subscribed telephone gets', async ({
  board,
  asterisk,
}) => {
  const watcher = await watchPresence({ sipPort: asterisk.sipPort, extension: '1106', as: '1120' });
  await board.openPerson('1106');
  await board.presence('Away').click();
  await board.subtype.fill('Réunion, salle 3');
  await board.message.fill(message);
  await board.save.click();
  const notification = await watcher.waitFor(({ state }) => state === 'away');
  expect(notification).toMatchObject({ state: 'away', subtype: 'Réunion, salle 3', message });
  await expect(board.tile('1106')).toHaveAttribute('data-presence', 'away');
  expect(await asterisk.readPresence('CustomPresence:1106')).toEqual({
    state: 'away',
    subtype: 'Réunion, salle 3',
    message,
  });
  await watcher.stop();
});

test('[LM3] a presence set on the telephone, and from outside, is on the board', async ({
  board,
  asterisk,
}) => {
  const phone = await startPhone({ extension: '1105', sipPort: asterisk.sipPort });
  await phone.dial(DND_CODE);
  await expect(board.tile('1105')).toHaveAttribute('data-presence', 'dnd');
  await expect(board.tile('1105')).toContainText('From the phone');
  await phone.stop();
  await asterisk.setPresence('CustomPresence:1105', {
    state: 'xa',
    subtype: 'Trip',
    message: 'Back on Monday\nCall Josh',
  });
  await expect(board.tile('1105')).toHaveAccessibleName(/Extended away, Trip: Back on Monday/);
});

test('[TX4] what somebody typed stays text', async ({ board, asterisk }) => {
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  await asterisk.setPresence('CustomPresence:1108', {
    state: 'away',
    subtype: hostile,
    message: `${hostile}\n\u202Edesrever`,
  });
  await expect(board.tile('1108')).toContainText('<img src=x');
  const title = await board.page.title();
  await board.openPerson('1108');
  await expect(board.message).toHaveValue(`${hostile}\n\u202Edesrever`);
  await expect(board.page.locator('img[src="x"]')).toHaveCount(0);
  expect(await board.page.title()).toBe(title);
});

test('[ED17] Ctrl+Z right after a save undoes it, with the caret in the text, and does not touch the text', async ({
  board,
  asterisk,
}) => {
  const provider = 'CustomPresence:1112';
  const before = { state: 'available', subtype: '', message: '' } as const;
  await asterisk.setPresence(provider, before);
  await board.openPerson('1112');
  await board.presence('Away').click();
  await board.message.pressSequentially('dentist');
  await board.message.press('Control+Enter');
  await expect(board.tile('1112')).toHaveAttribute('data-presence', 'away');
  await board.message.press('Control+z');
  await expect(board.tile('1112')).toHaveAttribute('data-presence', 'available');
  await expect(board.message).toHaveValue('');
  expect(await asterisk.readPresence(provider)).toEqual(before);
  await board.message.press('Control+Shift+z');
  await expect(board.message).toHaveValue('dentist');
  await expect(board.tile('1112')).toHaveAttribute('data-presence', 'away');
  // After typing, the key undoes text changes.
  await board.message.pressSequentially('s');
  await board.message.press('Control+z');
  await expect(board.message).not.toHaveValue('dentists');
  await expect(board.tile('1112')).toHaveAttribute('data-presence', 'away');
});

test('[TX3] a message longer than Asterisk takes is refused while typing, and nothing is lost', async ({
  board,
  asterisk,
}) => {
  const before = await asterisk.readPresence('CustomPresence:1109');
  await board.openPerson('1109');
  await board.presence('Away').click();
  const long = '😀'.repeat(200);
  await board.message.fill(long);
  await expect(board.alert).toContainText(/bytes/);
  await board.message.press('Control+Enter');
  await expect(board.message).toHaveValue(long);
  expect(await asterisk.readPresence('CustomPresence:1109')).toEqual(before);
});

test('[WR3] two browsers: an edit in one shows in the other, and two at once end in the conflict view', async ({
  board,
  asterisk,
  gateway,
  browser,
}) => {
  const context = await browser.newContext();
  const other = await openLiveBoard(await context.newPage(), gateway);

  await board.openPerson('1110');
  await other.openPerson('1110');
  await other.presence('Chat').click();
  await other.message.fill('mine, not yet saved');

  await board.presence('Do not disturb').click();
  await board.message.fill('theirs, saved first');
  await board.save.click();
  await expect(other.tile('1110')).toHaveAttribute('data-presence', 'dnd');

  await expect(other.page.getByText('theirs, saved first').last()).toBeVisible();
  await expect(other.page.getByRole('button', { name: 'Use mine' })).toBeVisible();
  expect(await asterisk.readPresence('CustomPresence:1110')).toMatchObject({
    state: 'dnd',
    message: 'theirs, saved first',
  });

  await other.page.getByRole('button', { name: 'Use mine' }).click();
  await expect(board.tile('1110')).toHaveAttribute('data-presence', 'chat');
  expect(await asterisk.readPresence('CustomPresence:1110')).toMatchObject({
    state: 'chat',
    message: 'mine, not yet saved',
  });
  await context.close();
});
