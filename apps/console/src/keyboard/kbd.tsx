import { useT } from '../i18n/i18n-context.tsx';
import { keyLabels, isSingleKeyShortcut } from './shortcuts.ts';
import './kbd.css';

/** A binding as it is printed on the keyboard. Those that are switched off, with the single keys, are not shown. */
export function Kbd({ shortcut: binding, always = false }: { shortcut: string; always?: boolean }) {
  const t = useT();
  return (
    <span className="kbd-group" data-single-key={(!always && isSingleKeyShortcut(binding)) || undefined}>
      {keyLabels(binding, t).map((label) => (
        <kbd key={label}>{label}</kbd>
      ))}
    </span>
  );
}
