export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** High contrast is also on if the system asks for it. */
export interface ThemeSettings {
  readonly theme: Theme;
  readonly highContrast: boolean;
}

const THEME_KEY = 'lampboard.theme';
const CONTRAST_KEY = 'lampboard.contrast';
const SYSTEM_CONTRAST = '(prefers-contrast: more)';

/** The browser's toolbar on phones: `--surface` of tokens.css. */
const THEME_COLORS = {
  light: { normal: '#ffffff', more: '#ffffff' },
  dark: { normal: '#20242d', more: '#0d0d0d' },
} as const;

function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Loads this browser's theme, else the system's. */
export function loadTheme(): ThemeSettings {
  const theme = readStored(THEME_KEY);
  return { theme: isTheme(theme) ? theme : 'system', highContrast: readStored(CONTRAST_KEY) === 'more' };
}

export function saveTheme({ theme, highContrast }: ThemeSettings): void {
  try {
    localStorage.setItem(THEME_KEY, theme);
    localStorage.setItem(CONTRAST_KEY, highContrast ? 'more' : 'system');
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function prefersHighContrast(): boolean {
  return window.matchMedia(SYSTEM_CONTRAST).matches;
}

/** Returns the unsubscribe function. */
export function subscribeToSystemContrast(onChange: () => void): () => void {
  const list = window.matchMedia(SYSTEM_CONTRAST);
  list.addEventListener('change', onChange);
  return () => list.removeEventListener('change', onChange);
}

export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return isTheme(theme) ? theme : 'system';
}

/** Returns the unsubscribe function. */
export function subscribeToTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

export function setTheme(settings: ThemeSettings): void {
  applyTheme(settings);
  saveTheme(settings);
}

/** Applies a theme; `system` is left to the style sheets. */
export function applyTheme({ theme, highContrast }: ThemeSettings): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;

  const contrast = highContrast || prefersHighContrast() ? 'more' : 'normal';
  if (contrast === 'more') dataset['contrast'] = contrast;
  else delete dataset['contrast'];

  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const mediaScheme = meta.getAttribute('media')?.includes('dark') === true ? 'dark' : 'light';
    meta.content = THEME_COLORS[theme === 'system' ? mediaScheme : theme][contrast];
  }
}
