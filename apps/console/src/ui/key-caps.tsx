import { useT } from '../i18n/i18n-context.tsx';
import { capsOf, isSingleKey } from './keys.ts';
import './key-caps.css';

/** A binding as it is printed on the keyboard. Those that are switched off, with the single keys, are not shown. */
export function KeyCaps({ of: key, always = false }: { of: string; always?: boolean }) {
  const t = useT();
  return (
    <span className="key-caps" data-single={(!always && isSingleKey(key)) || undefined}>
      {capsOf(key, t).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
