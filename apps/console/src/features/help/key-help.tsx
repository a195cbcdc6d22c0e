import { useId } from 'react';
import { isMessageKey } from '../../i18n/translate.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useOwn, usePreference } from '../../own/own-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import { KEYS, type KeyName, type KeyPlace } from '../../ui/keys.ts';
import './key-help.css';

/** Every place and every binding has its words: a new one without is an error here. */
type KeyWords = { [P in KeyPlace]: `keys.${P}` | `keys.${P}.${KeyName<P> & string}` }[KeyPlace];
const isKeyWords = (key: string): key is KeyWords => isMessageKey(key);

/** The table of keys in words, and the switch for those that are a single character. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useT();
  const id = useId();
  const own = useOwn();
  const singleKeys = usePreference('singleKeys');
  const words = (key: string) => (isKeyWords(key) ? t(key) : key);
  return (
    <Dialog heading={t('help.heading')} look="wide" onClose={onClose}>
      <label className="key-help-switch">
        <input
          type="checkbox"
          role="switch"
          checked={singleKeys}
          aria-checked={singleKeys}
          aria-describedby={`${id}-note`}
          onChange={() => own.prefer({ singleKeys: !singleKeys })}
        />
        <span>
          {t('help.single-keys')}
          <small id={`${id}-note`}>{t('help.single-keys-note')}</small>
        </span>
      </label>
      <div className="key-help">
        {Object.entries(KEYS).map(([place, bindings]) => (
          <section key={place} aria-labelledby={`${id}-${place}`}>
            <h3 id={`${id}-${place}`}>{words(`keys.${place}`)}</h3>
            <dl>
              {Object.entries(bindings).map(([name, keys]: [string, readonly string[]]) => (
                <div key={name}>
                  <dt>{words(`keys.${place}.${name}`)}</dt>
                  <dd>
                    {keys.map((key) => (
                      <KeyCaps key={key} of={key} always />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
