import { useT } from '../i18n/i18n-context.tsx';
import { keyLabels, isSingleKeyShortcut } from './shortcuts.ts';

/** Shows a shortcut as the keyboard's labels. CSS hides it while single-key shortcuts are off, unless `always`. */
export function Kbd({ shortcut, always = false }: { shortcut: string; always?: boolean }) {
  const t = useT();
  return (
    <span className="kbd-group" data-single-key={(!always && isSingleKeyShortcut(shortcut)) || undefined}>
      {keyLabels(shortcut, t).map((label) => (
        <kbd key={label}>{label}</kbd>
      ))}
    </span>
  );
}
