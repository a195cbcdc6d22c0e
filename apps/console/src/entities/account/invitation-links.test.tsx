import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { translateEnglish } from '../../i18n/translate.ts';
import { renderLive } from '../../testing/render-live.tsx';
import { InvitationLinks, csvOf, mailtoHref } from './invitation-links.tsx';

const URL_OF_ALICE = 'https://phones.example/invite#abc-_1';
const ALICE = { account: 'alice', url: URL_OF_ALICE, name: 'Alice Chen', email: 'alice@example.com' };
const EVE = {
  account: '@eve',
  url: 'https://phones.example/invite#def',
  name: '=HYPERLINK("http://evil.example","x")',
  email: '',
};

it('[IV10] saves the links as CSV, in which no text is a formula', () => {
  expect(csvOf([ALICE, EVE], Date.UTC(2027, 0, 2, 3, 4))).toBe(
    '\uFEFFname,email,account,link,valid_until\r\n' +
      `Alice Chen,alice@example.com,alice,${URL_OF_ALICE},2027-01-02T03:04:00.000Z\r\n` +
      `"'=HYPERLINK(""http://evil.example"",""x"")",,'@eve,https://phones.example/invite#def,2027-01-02T03:04:00.000Z\r\n`,
  );
});

it('[IV10] mails a link to its person alone, whatever is typed as the address', () => {
  const href = mailtoHref(
    translateEnglish,
    { ...ALICE, email: 'a@b.example?bcc=eve@evil.example&x' },
    '14:00',
  );
  const { protocol, pathname, searchParams } = new URL(href);
  expect([protocol, pathname]).toEqual(['mailto:', 'a@b.example%3Fbcc%3Deve%40evil.example%26x']);
  expect([...searchParams.keys()]).toEqual(['subject', 'body']);
  expect(searchParams.get('body')).toContain(`\r\n${URL_OF_ALICE}\r\n`);
  expect(searchParams.get('body')).toContain('14:00');
});

it.each([undefined, { writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) }])(
  '[IV10] selects the link where the browser does not let it be copied: clipboard %o',
  async (clipboard) => {
    const { user } = renderLive(() => <InvitationLinks people={[ALICE]} expiresAt={0} />);
    Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
    await user.click(screen.getByRole('button', { name: 'Copy link for Alice Chen' }));
    const field = screen.getByRole('textbox', { name: 'Link for Alice Chen' });
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(screen.queryByText('Copied')).toBeNull();
  },
);

it('[IV10] shows each link with its person, to be copied', async () => {
  const { user } = renderLive(() => <InvitationLinks people={[ALICE, EVE]} expiresAt={0} />);
  await user.click(screen.getByRole('button', { name: 'Copy link for Alice Chen' }));
  expect(await screen.findAllByText('Copied')).toHaveLength(2);
  expect(await navigator.clipboard.readText()).toBe(URL_OF_ALICE);
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Link for Alice Chen' });
  await user.click(field);
  expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe(URL_OF_ALICE);
  expect(screen.getAllByRole('link').map((link) => link.getAttribute('href')?.slice(0, 24))).toEqual([
    'mailto:alice@example.com',
  ]);
});
