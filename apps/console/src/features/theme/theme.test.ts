import { afterEach, expect, it, vi } from 'vitest';
import page from '../../../index.html?raw';
import { applyTheme, saveTheme, loadTheme, subscribeToSystemContrast } from './theme.ts';

const root = document.documentElement;
const { matchMedia } = window;
const mockSystemContrast = (more: boolean) =>
  vi
    .spyOn(window, 'matchMedia')
    .mockImplementation((query) =>
      matchMedia.call(window, more && query.includes('contrast') ? 'all' : 'not all'),
    );

afterEach(() => {
  vi.restoreAllMocks();
  localStorage.clear();
  document.head.innerHTML = '';
  applyTheme({ theme: 'system', highContrast: false });
});

it('[TH1] follows the system unless a theme was chosen', () => {
  expect(loadTheme()).toEqual({ theme: 'system', highContrast: false });
  applyTheme({ theme: 'dark', highContrast: false });
  expect(root.dataset['theme']).toBe('dark');
  applyTheme({ theme: 'system', highContrast: false });
  expect(root.dataset['theme']).toBeUndefined();
});

it('[TH2] stores the choice in this browser, and ignores invalid values', () => {
  saveTheme({ theme: 'dark', highContrast: true });
  expect(loadTheme()).toEqual({ theme: 'dark', highContrast: true });
  localStorage.setItem('lampboard.theme', 'pink');
  localStorage.setItem('lampboard.contrast', 'pink');
  expect(loadTheme()).toEqual({ theme: 'system', highContrast: false });
});

it.each([
  { chosen: false, system: false, expected: undefined },
  { chosen: true, system: false, expected: 'more' },
  { chosen: false, system: true, expected: 'more' },
])('[TH4] high contrast where it was chosen or the system asks: %o', ({ chosen, system, expected }) => {
  mockSystemContrast(system);
  applyTheme({ theme: 'system', highContrast: chosen });
  expect(root.dataset['contrast']).toBe(expected);
});

it('[TH4] subscribes to the system’s contrast until unsubscribed', () => {
  const list = new EventTarget();
  vi.spyOn(window, 'matchMedia').mockImplementation((query) =>
    Object.assign(matchMedia.call(window, query), {
      addEventListener: list.addEventListener.bind(list),
      removeEventListener: list.removeEventListener.bind(list),
    }),
  );
  const onChange = vi.fn<() => void>();
  const stop = subscribeToSystemContrast(onChange);
  list.dispatchEvent(new Event('change'));
  stop();
  list.dispatchEvent(new Event('change'));
  expect(onChange).toHaveBeenCalledOnce();
});

it('[TH5] the theme-color of the page follows the theme', () => {
  document.head.innerHTML = page.match(/<meta name="theme-color"[^>]*>/gu)?.join('') ?? '';
  const colours = () =>
    [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')].map(({ content }) => content);
  const bySystem = colours();
  expect(new Set(bySystem).size).toBe(2);
  applyTheme({ theme: 'dark', highContrast: false });
  expect(colours()).toEqual([bySystem[1], bySystem[1]]);
  applyTheme({ theme: 'light', highContrast: true });
  expect(colours()).toEqual(['#ffffff', '#ffffff']);
  applyTheme({ theme: 'system', highContrast: false });
  expect(colours()).toEqual(bySystem);
});
