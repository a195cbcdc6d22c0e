import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import manifest from '../../../../../package.json';
import { RITA } from '../../testing/fake-gateway.ts';
import { I18nProvider } from '../../i18n/i18n-context.tsx';
import { detectLanguage } from '../../i18n/languages.ts';
import { translateEnglish } from '../../i18n/translate.ts';
import { renderBoard, renderLive } from '../../testing/render-live.tsx';
import { testExtension } from '../../testing/fixtures.ts';
import { AccountMenu } from './account-menu.tsx';

afterEach(() => localStorage.clear());

const menu = () => <AccountMenu me={RITA} onHelp={() => undefined} onSignOut={() => undefined} />;

async function setup() {
  const { user } = renderLive(() => <I18nProvider initial={translateEnglish}>{menu()}</I18nProvider>);
  await user.click(screen.getByRole('button', { name: 'Account menu: rita' }));
  return user;
}

it('[IN2] choosing a language changes the page, and is stored', async () => {
  const user = await setup();
  expect(document.documentElement.lang).toBe('en');
  expect(screen.getByRole('group', { name: 'Language' })).toBeDefined();
  expect(screen.getByRole('menuitemradio', { name: 'English', checked: true }).lang).toBe('en');
  const german = screen.getByRole('menuitemradio', { name: 'Deutsch', checked: false });
  expect(german.lang).toBe('de');

  await user.click(german);
  expect(await screen.findByRole('menuitem', { name: 'Abmelden' })).toBeDefined();
  expect(screen.getByText('Empfang')).toBeDefined();
  expect(document.documentElement.lang).toBe('de');
  expect(screen.getByRole('menuitemradio', { name: 'Deutsch', checked: true })).toBeDefined();
  expect(detectLanguage()).toBe('de');
});

it('[IN2] the arrows reach the languages too', async () => {
  const user = await setup();
  expect(document.activeElement?.textContent).toBe('My status');
  await user.keyboard('{End}{ArrowUp}{ArrowUp}');
  expect(document.activeElement?.textContent).toBe('English');
  await user.keyboard('{ArrowUp}');
  expect(document.activeElement?.textContent).toBe('Deutsch');
  await user.keyboard('{Enter}');
  expect(await screen.findByRole('button', { name: 'Kontomenü: rita' })).toBeDefined();
  expect(document.activeElement?.textContent).toBe('Deutsch');
});

it('[SV4] shows the version of package.json', async () => {
  await setup();
  expect(screen.getByText(`Lampboard ${manifest.version}`)).toBeDefined();
});

it('[TH16] while not live the user’s presence is marked as last known', async () => {
  const page = await renderBoard(menu, [testExtension('1101')]);
  const button = screen.getByRole('button', { name: 'Account menu: rita' });
  expect(button.textContent).not.toContain('last known');
  await page.happens(page.breakOff);
  expect(button.textContent).toContain('Available · last known');
});

it('[VI9] says what the account is limited to, if it is', async () => {
  const limits = { pbxs: [], contexts: ['shop', 'night'], departments: ['Sales', 'Support'] };
  const limited = { ...RITA, limits };
  const { user } = renderLive(() => (
    <AccountMenu me={limited} onHelp={() => undefined} onSignOut={() => undefined} />
  ));
  await user.click(screen.getByRole('button', { name: 'Account menu: rita' }));
  expect(screen.getByText('You see: Sales, Support · contexts shop, night')).toBeDefined();
  cleanup();
  await setup();
  expect(screen.queryByText(/^You see/u)).toBeNull();
});
