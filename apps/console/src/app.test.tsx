import type { Me } from '@lampboard/protocol';
import { act, screen, within } from '@testing-library/react';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { navigate } from 'wouter/use-browser-location';
import { RITA, SIGNED_OUT, createFakeGateway } from './testing/fake-gateway.ts';
import { renderLive } from './testing/render-live.tsx';
import { testExtension, snapshotWith } from './testing/fixtures.ts';
import { NARROW_BOARD, withLayout } from './testing/fake-layout.ts';
import { Pages } from './app.tsx';
import { clearOnAccountChange, connectWhileSignedIn } from './shell/session-effects.ts';

const { matchMedia } = window;
const onPhone = (is: boolean) =>
  vi
    .spyOn(window, 'matchMedia')
    .mockImplementation((query) =>
      matchMedia.call(window, is === /max-width/u.test(query) ? 'all' : 'not all'),
    );

/** Preloaded, as the page does once it is drawn. */
beforeAll(() =>
  Promise.all([import('./pages/person/person-panel.tsx'), import('./pages/sign-in-pages.tsx')]),
);
beforeEach(() => void onPhone(false));
withLayout(NARROW_BOARD);

const OPTIONS = { password: true, singleSignOn: null, needsSetup: false, demo: [] };
const WRONG_CREDENTIALS = {
  status: 401,
  reply: { ok: false, code: 'wrong-credentials', message: 'Account or password is wrong.' },
};
const signedIn = (me: Me) => ({ reply: { ok: true, value: me } });

async function openedAt(
  address: string,
  { me = null, options = OPTIONS }: { me?: Me | null; options?: object } = {},
) {
  history.replaceState(null, '', address);
  const gateway = createFakeGateway();
  gateway.stub('GET /api/me', me === null ? SIGNED_OUT : signedIn(me));
  gateway.stub('GET /api/sign-in', { reply: { ok: true, value: options } });
  const page = renderLive(() => <Pages />, { me: null, gateway });
  connectWhileSignedIn(page);
  clearOnAccountChange(page);
  await page.happens(() => void page.session.check());
  await vi.waitFor(() => expect(page.session.store.getState().kind).not.toBe('unknown'));
  const show = () =>
    page.happens(() => page.open(snapshotWith([testExtension('1101'), testExtension('1102')])));
  if (me !== null) await show();
  return { ...page, show };
}

type Page = Awaited<ReturnType<typeof openedAt>>;

const account = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Account' });
async function signIn({ user }: Pick<Page, 'user'>, name: string, password = 'secret') {
  const field = await account();
  await user.clear(field);
  await user.type(field, name);
  await user.type(screen.getByLabelText('Password'), password);
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
}
const message = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });

describe('the sign-in page', () => {
  it('[SI1] shows a failure as an alert, and keeps the account name', async () => {
    const page = await openedAt('/sign-in');
    page.gateway.stub('POST /api/sign-in', WRONG_CREDENTIALS);
    await signIn(page, 'rita');
    expect((await screen.findByRole('alert')).textContent).toBe('Account or password is wrong.');
    expect((await account()).value).toBe('rita');
    expect(page.gateway.requests.at(-1)?.body).toEqual({ account: 'rita', password: 'secret' });
  });

  it('[SI1] shows the password on request', async () => {
    const { user } = await openedAt('/sign-in');
    const field = await screen.findByLabelText<HTMLInputElement>('Password');
    await user.click(screen.getByRole('button', { name: 'Show' }));
    expect(field.type).toBe('text');
  });

  it('[SI1] offers only single sign-on without passwords, and shows its failure', async () => {
    const options = { ...OPTIONS, password: false, singleSignOn: 'Sign in with Nordhafen' };
    await openedAt('/sign-in?to=%2Fme&failure=no-role', { options });
    const link = await screen.findByRole('link', { name: 'Sign in with Nordhafen' });
    expect(link.getAttribute('href')).toBe('/sso?to=%2Fme');
    expect(screen.queryByLabelText('Password')).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain('use Lampboard');
  });

  it('[SI13] says where the setup link is while there is no account', async () => {
    await openedAt('/sign-in', { options: { ...OPTIONS, needsSetup: true } });
    expect(await screen.findByRole('heading', { name: 'No accounts yet' })).toBeDefined();
    expect(screen.getByText('journalctl -u lampboard -g setup -n 1')).toBeDefined();
    expect(screen.getByLabelText('Password')).toBeDefined();
  });

  it('[SI14] an invalid link shows an error immediately, and no form', async () => {
    const { gateway } = await openedAt('/sign-in');
    const failure = { ok: false, code: 'link-expired', message: 'This link is incomplete.' };
    gateway.stub('POST /api/sign-in/first-link', { status: 410, reply: failure });
    act(() => navigate('/setup#shortened'));
    expect((await screen.findByRole('alert')).textContent).toBe('This link is incomplete.');
    expect(screen.queryByLabelText('Password')).toBeNull();
    expect(gateway.requests.at(-1)?.body).toEqual({ token: 'shortened' });
  });

  it('[SI1] offers the demo’s accounts, one click each', async () => {
    const options = { ...OPTIONS, demo: [{ name: 'Rita', role: 'receptionist' }] };
    const { user, gateway } = await openedAt('/sign-in', { options });
    gateway.stub('POST /api/sign-in/demo', signedIn(RITA));
    await user.click(await screen.findByRole('button', { name: 'Rita · Receptionist' }));
    const request = gateway.requests.find(({ endpoint }) => endpoint === 'POST /api/sign-in/demo');
    expect(request?.body).toEqual({ account: 'Rita' });
    await vi.waitFor(() => expect(location.pathname).toBe('/'));
  });

  it('[SI3] shows how long to wait, and blocks attempts until then', async () => {
    const page = await openedAt('/sign-in');
    page.gateway.stub('POST /api/sign-in', {
      status: 429,
      headers: { 'retry-after': '1' },
      reply: { ok: false, code: 'too-many', message: 'Too many attempts.' },
    });
    await signIn(page, 'rita');
    expect((await screen.findByRole('alert')).textContent).toContain('You can try again at');
    expect(screen.getByText('Try again in 1 s')).toBeDefined();
    const button = screen.getByRole('button', { name: 'Sign in' });
    const requestCount = page.gateway.requests.length;
    await page.user.click(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(page.gateway.requests).toHaveLength(requestCount);
    expect(await screen.findByText('You can try again now.', undefined, { timeout: 2000 })).toBeDefined();
    expect([button.getAttribute('aria-disabled'), screen.queryByRole('alert')]).toEqual([null, null]);
  });

  it('[SI4] returns to the requested page', async () => {
    const page = await openedAt('/?department=R%26D');
    await vi.waitFor(() => expect(location.pathname).toBe('/sign-in'));
    page.gateway.stub('POST /api/sign-in', signedIn(RITA));
    await signIn(page, 'rita');
    await vi.waitFor(() => expect(location.pathname + location.search).toBe('/?department=R%26D'));
  });

  it.each([
    ['user', '/me'],
    ['receptionist', '/'],
  ] as const)('[SI4] on a small screen a %s goes on to %s', async (role, path) => {
    onPhone(true);
    await openedAt('/sign-in', { me: { ...RITA, role } });
    await vi.waitFor(() => expect(location.pathname).toBe(path));
  });
});

describe('a session that ends under an open board', () => {
  async function typedAndEnded() {
    const page = await openedAt('/?extension=1101%40default', { me: RITA });
    await page.user.type(await message(), 'half a sentence');
    // Otherwise user-event fires `change` when the password takes the focus, and calls act() while React commits.
    await page.user.tab();
    page.gateway.stub('GET /api/me', SIGNED_OUT);
    await page.happens(page.breakOff);
    await screen.findByText('You were signed out. Your unsaved changes are kept.');
    return page;
  }

  it('[SI2] asks to sign in again, stops connecting, and hides the board', async () => {
    const { log, timers, live } = await typedAndEnded();
    expect(location.search).toBe('?extension=1101%40default');
    expect((await account()).value).toBe('rita');
    expect(screen.queryByRole('grid', { name: 'Extensions' })).toBeNull();
    expect(live.store.getState().board).toBeNull();
    const before = log.length;
    timers.advance(60_000);
    expect(log.length).toBe(before);
  });

  it('[SI2] the same account gets its page and draft back', async () => {
    const page = await typedAndEnded();
    page.gateway.stub('POST /api/sign-in', signedIn(RITA));
    await signIn(page, 'rita');
    await page.show();
    expect((await message()).value).toBe('half a sentence');
    expect(location.search).toBe('?extension=1101%40default');
  });

  it('[SI2] another account sees no draft', async () => {
    const page = await typedAndEnded();
    page.gateway.stub('POST /api/sign-in', signedIn({ ...RITA, id: 2, name: 'olga' }));
    await signIn(page, 'olga');
    await page.show();
    expect((await message()).value).toBe('');
  });

  it('[AN9] a renamed account gets its page and draft back', async () => {
    const page = await openedAt('/?extension=1101%40default', { me: RITA });
    await page.user.type(await message(), 'half a sentence');
    await page.happens(() => page.session.setSignedIn({ ...RITA, name: 'rita.berg' }));
    expect(await screen.findByRole('button', { name: 'Account menu: rita.berg' })).toBeDefined();
    expect((await message()).value).toBe('half a sentence');
    expect(location.search).toBe('?extension=1101%40default');
  });

  it('[SI2] an unreachable gateway does not sign out', async () => {
    const { user, happens, breakOff, gateway } = await openedAt('/', { me: RITA });
    gateway.stub('GET /api/me', null);
    await happens(breakOff);
    expect(screen.getByText(/show their last known state/u)).toBeDefined();
    expect(screen.queryByLabelText('Password')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    expect(location.pathname).toBe('/');
  });
});

it('[SI2] signing out with a draft asks first, and discards it', async () => {
  const { user, gateway, drafts } = await openedAt('/?extension=1101%40default', { me: RITA });
  gateway.stub('POST /api/sign-out', { reply: { ok: true, value: null } });
  await user.type(await message(), 'x');
  await user.click(screen.getByRole('button', { name: /^Account menu/u }));
  await user.click(screen.getByRole('menuitem', { name: 'Sign out' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Sign out?' }));
  expect(gateway.requests.some(({ endpoint }) => endpoint === 'POST /api/sign-out')).toBe(false);
  await user.click(dialog.getByRole('button', { name: 'Sign out' }));
  await vi.waitFor(() => expect(location.pathname + location.search).toBe('/sign-in'));
  expect(drafts.store.getState().drafts.size).toBe(0);
});
