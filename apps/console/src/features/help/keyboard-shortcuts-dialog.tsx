import { BellRing, Hourglass, PencilLine, TriangleAlert } from 'lucide-react';
import { useId } from 'react';
import { FEATURE_ICONS } from '../../entities/extension/badges.tsx';
import { isMessageKey } from '../../i18n/translate.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useSettings, usePreference } from '../../data/preferences/settings-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../keyboard/kbd.tsx';
import { SHORTCUTS, type ShortcutName, type ShortcutScope } from '../../keyboard/shortcuts.ts';
import './keyboard-shortcuts-dialog.css';

export { messages } from '../../i18n/catalogues/help/en.ts';

/** Signs on a tile beside lamp and presence. */
const SIGNS = [
  { Icon: FEATURE_ICONS.dnd, label: 'phone.dnd' },
  { Icon: FEATURE_ICONS.forwarded, label: 'phone.forwarded' },
  { Icon: FEATURE_ICONS['follow-me'], label: 'phone.follow-me' },
  { Icon: TriangleAlert, label: 'help.sign.mismatch' },
  { Icon: Hourglass, label: 'help.sign.overdue' },
  { Icon: PencilLine, label: 'tile.unsaved-title' },
  { Icon: BellRing, label: 'tile.watched-title' },
] as const;

/** Makes a scope or binding without a text a type error. */
type ShortcutLabelKey = {
  [P in ShortcutScope]: `keys.${P}` | `keys.${P}.${ShortcutName<P> & string}`;
}[ShortcutScope];
const isShortcutLabelKey = (key: string): key is ShortcutLabelKey => isMessageKey(key);

export function KeyboardShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const id = useId();
  const settings = useSettings();
  const singleKeyShortcuts = usePreference('singleKeyShortcuts');
  const label = (key: string) => (isShortcutLabelKey(key) ? t(key) : key);
  return (
    <Dialog heading={t('keys.global.help')} variant="wide" onClose={onClose}>
      <label className="card check-line keyboard-shortcuts-switch">
        <input
          type="checkbox"
          role="switch"
          checked={singleKeyShortcuts}
          aria-checked={singleKeyShortcuts}
          aria-describedby={`${id}-note`}
          onChange={() => settings.updatePreferences({ singleKeyShortcuts: !singleKeyShortcuts })}
        />
        <span>
          {t('help.single-keys')}
          <small id={`${id}-note`}>{t('help.single-keys-note')}</small>
        </span>
      </label>
      <div className="keyboard-shortcuts">
        {Object.entries(SHORTCUTS).map(([scope, bindings]) => (
          <section key={scope} aria-labelledby={`${id}-${scope}`}>
            <h3 id={`${id}-${scope}`} className="overline">
              {label(`keys.${scope}`)}
            </h3>
            <dl>
              {Object.entries(bindings).map(([name, keys]: [string, readonly string[]]) => (
                <div key={name}>
                  <dt>{label(`keys.${scope}.${name}`)}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Kbd key={key} shortcut={key} always />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section aria-labelledby={`${id}-signs`}>
          <h3 id={`${id}-signs`} className="overline">
            {t('help.signs')}
          </h3>
          <ul>
            {SIGNS.map(({ Icon, label: key }) => (
              <li key={key}>
                <Icon size={15} aria-hidden="true" />
                {t(key)}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}
