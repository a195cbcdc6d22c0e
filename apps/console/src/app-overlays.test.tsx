import { act, screen, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { renderBoard } from './testing/render-live.tsx';
import { patch, personNamed, settingsWith, testExtension } from './testing/fixtures.ts';
import { NARROW_BOARD, withLayout } from './testing/fake-layout.ts';
import { SHORTCUTS } from './keyboard/shortcuts.ts';
import { Pages } from './app.tsx';

const EXTENSIONS = [
  testExtension('1101', { person: personNamed('Rita Moreno', 'Reception') }),
  testExtension('1104', { person: personNamed('Alice Chen', 'Sales') }),
];

// Preloaded, so that the tests do not measure the import.
beforeAll(async () => {
  await Promise.all([
    import('./shell/command-palette-overlay.tsx'),
    import('./pages/person/person-panel.tsx'),
    import('./pages/account-page.tsx'),
    import('./features/help/keyboard-shortcuts-dialog.tsx'),
  ]);
}, 60_000);
withLayout(NARROW_BOARD);

async function openedAt(address: string, { singleKeyShortcuts = true } = {}) {
  history.replaceState(null, '', address);
  const page = await renderBoard(() => <Pages />, EXTENSIONS);
  await page.happens(() => page.sendSettings(settingsWith({ singleKeyShortcuts })));
  return page;
}

const palette = () => screen.findByRole('combobox', { name: 'Command palette' });
const search = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Search' });
const tile = (id: string) => document.querySelector<HTMLElement>(`[data-extension="${id}"]`);
const focusTile = () => act(() => tile('1101@default')?.focus());
async function focusAlice() {
  const heading = await screen.findByRole('heading', { name: 'Alice Chen' });
  act(() => heading.focus());
}
const alice = () => screen.getByRole('heading', { name: 'Alice Chen' });
const help = () => screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
async function openPalette({ user }: { user: UserEvent }) {
  await user.keyboard('{Control>}k{/Control}');
  await palette();
}

describe('just typing', () => {
  it('[SR9] a letter outside text fields starts a new search', async () => {
    const { user } = await openedAt('/');
    await user.type(search(), 'rita');
    focusTile();
    await user.keyboard('ali');
    expect(search().value).toBe('ali');
    await vi.waitFor(() => expect(tile('1101@default')).toBeNull());
  });

  it('[SR9] not with Ctrl, Alt or Command, and not in a menu', async () => {
    const { user } = await openedAt('/');
    focusTile();
    await user.keyboard('{Alt>}a{/Alt}{Meta>}a{/Meta}{Control>}a{/Control}');
    expect(search().value).toBe('');
    await user.click(screen.getByRole('button', { name: /^Account menu/u }));
    await user.keyboard('a');
    expect(search().value).toBe('');
  });

  it('[SR9] in the panel letters search, and 1 to 6 choose a presence', async () => {
    const { user } = await openedAt('/?extension=1104%40default');
    const away = await screen.findByRole<HTMLInputElement>('radio', { name: 'Away' });
    await focusAlice();
    await user.keyboard('3');
    expect([away.checked, search().value]).toEqual([true, '']);
    await user.keyboard('r');
    expect(search().value).toBe('r');
  });

  it('[KB13] in the panel `*` toggles a favourite, and `!` watches the person', async () => {
    const { user, settings, happens, change } = await openedAt('/?extension=1104%40default');
    await happens(() => change(patch('1104@default', { lamp: 'in-use', lampSince: 1 })));
    await focusAlice();
    await user.keyboard('*!');
    expect(settings.store.getState().groups[0]?.members).toEqual(['1104@default']);
    expect(settings.store.getState().preferences.watchedExtensions).toEqual(['1104@default']);
    await user.type(screen.getByRole('textbox', { name: 'Message' }), '*');
    expect(settings.store.getState().groups[0]?.members).toEqual(['1104@default']);
  });

  it('[SR9] typing in a text field does not search', async () => {
    const { user } = await openedAt('/?extension=1104%40default');
    await user.type(await screen.findByRole('textbox', { name: 'Message' }), 'abc3');
    expect(search().value).toBe('');
  });
});

describe('the palette', () => {
  it('[CP1] opens from a text field; Escape closes it, and restores the focus', async () => {
    const { user } = await openedAt('/');
    await user.click(search());
    await user.keyboard('{Control>}k{/Control}');
    expect(await palette()).toBe(document.activeElement);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(document.activeElement).toBe(search());
  });

  it('[CP1] keys typed right after the shortcut appear in its field', async () => {
    const { user } = await openedAt('/');
    await user.keyboard('{Control>}k{/Control}ali');
    expect(await palette()).toHaveProperty('value', 'ali');
  });

  it('[PF6] offers to agree with do not disturb on the phone, among the actions for the person', async () => {
    const { user, happens, change, sentCommands } = await openedAt('/');
    await happens(() => change(patch('1104@default', { phone: { dnd: true } })));
    await openPalette({ user });
    await user.keyboard('ali');
    await user.click(
      await screen.findByRole('option', { name: 'Set Alice Chen to Do not disturb, as on the phone' }),
    );
    expect(sentCommands.map(({ id, presence }) => [id, presence.state])).toEqual([['1104@default', 'dnd']]);
  });

  it('[CP1] opens over a dialog, and on pages beside the board', async () => {
    const { user } = await openedAt('/account');
    await screen.findByRole('heading', { name: 'Active sessions' });
    await user.keyboard('?');
    await help();
    await user.keyboard('{Control>}k{/Control}');
    expect(await palette()).toBe(document.activeElement);
  });

  it('[CP3] from another page it leads to the person on the board, with the focus in the panel', async () => {
    const { user } = await openedAt('/account');
    await openPalette({ user });
    await user.keyboard('ali{Enter}');
    await vi.waitFor(() => expect(location.pathname + location.search).toBe('/?extension=1104%40default'));
    await vi.waitFor(() => expect(document.activeElement).toBe(alice()));
  });

  it('[CP3] on the board too', async () => {
    const { user } = await openedAt('/');
    focusTile();
    await openPalette({ user });
    await user.keyboard('ali{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(alice()));
  });

  it('[CP6] shows a toast with Undo, and Ctrl+Z restores the previous presence', async () => {
    const { user, sentCommands, answer, happens } = await openedAt('/');
    await openPalette({ user });
    await user.keyboard('ali dnd focus{Enter}');
    expect(sentCommands[0]).toMatchObject({
      id: '1104@default',
      presence: { state: 'dnd', subtype: '', message: 'focus' },
    });
    await happens(() => answer({ ok: true, presence: { state: 'dnd', subtype: '', message: 'focus' } }));
    await vi.waitFor(() => expect(screen.queryByRole('combobox')).toBeNull(), { timeout: 3000 });
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeDefined();
  });

  it.each([
    ['sales', 'Sales', () => location.search, '?department=Sales'],
    ['my st', 'My status', () => location.pathname, '/me'],
  ])('[CP7] “%s” goes to %s', async (typed, text, currentLocation, expected) => {
    const { user } = await openedAt('/');
    await openPalette({ user });
    await user.keyboard(typed);
    await user.click(screen.getByRole('option', { name: new RegExp(`^${text}\\s?(Group|Page)`, 'u') }));
    await vi.waitFor(() => expect(currentLocation()).toBe(expected));
  });

  it('[CP7] filters, changes theme and language, and confirms before signing out', async () => {
    const { user, settings } = await openedAt('/');
    const run = async (text: string) => {
      await openPalette({ user });
      await user.paste(text);
      await user.keyboard('{Enter}');
    };
    await run('reachable');
    expect(settings.store.getState().preferences.filter.preset).toBe('reachable');
    await run('theme dark');
    expect(document.documentElement.dataset['theme']).toBe('dark');
    await run('theme system');
    await run('sign out');
    expect(await screen.findByRole('dialog', { name: 'Sign out?' })).toBeDefined();
  });
});

describe('keys of every page', () => {
  it('[PF5] the help explains the signs on a tile', async () => {
    const { user } = await openedAt('/');
    focusTile();
    await user.keyboard('?');
    const signs = within(await help()).getByRole('region', { name: 'Signs on a tile' });
    const texts = within(signs)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(texts.slice(0, 3)).toEqual(['Phone on do not disturb', 'Calls forwarded', 'Follow-me on']);
    expect(signs.querySelectorAll('svg')).toHaveLength(texts.length);
  });

  it('[KB11] “?” and the account menu open the help, which lists every key', async () => {
    const { user } = await openedAt('/');
    await user.click(screen.getByRole('button', { name: /^Account menu/u }));
    await user.click(screen.getByRole('menuitem', { name: 'Keyboard shortcuts' }));
    await help();
    await user.keyboard('{Escape}?');
    const dialog = within(await help());
    const bindings = Object.values(SHORTCUTS).flatMap((scope) => Object.keys(scope));
    expect(dialog.getAllByRole('term')).toHaveLength(bindings.length);
    expect(dialog.getByText('Choose “Do not disturb”').parentElement?.textContent).toContain('5');
    for (const term of dialog.getAllByRole('term')) expect(term.textContent).not.toMatch(/^keys\./u);
  });

  it('[KB12] with single-key shortcuts off, characters do nothing outside text fields', async () => {
    const { user, settings } = await openedAt('/?extension=1104%40default', { singleKeyShortcuts: false });
    const away = await screen.findByRole<HTMLInputElement>('radio', { name: 'Away' });
    await focusAlice();
    await user.keyboard('a/?3');
    expect([
      search().value,
      away.checked,
      screen.queryByRole('dialog', { name: 'Keyboard shortcuts' }),
    ]).toEqual(['', false, null]);
    focusTile();
    await user.keyboard('*!');
    expect(settings.store.getState()).toMatchObject({
      groups: [{ members: [] }],
      preferences: { watchedExtensions: [] },
    });
    act(() => screen.getByRole('radio', { name: 'Available' }).focus());
    await user.keyboard('3');
    expect(away.checked).toBe(true);
    await user.type(search(), 'x3');
    expect(search().value).toBe('x3');
    await user.keyboard('{Control>}k{/Control}');
    expect(await palette()).toBeDefined();
  });

  it('[KB12] the help has the switch', async () => {
    const { user, settings } = await openedAt('/');
    await user.keyboard('?');
    await user.click(await screen.findByRole('switch', { name: /^Single-key shortcuts/u }));
    expect(settings.store.getState().preferences.singleKeyShortcuts).toBe(false);
    await user.keyboard('{Escape}?');
    expect(screen.queryByRole('dialog', { name: 'Keyboard shortcuts' })).toBeNull();
  });
});
