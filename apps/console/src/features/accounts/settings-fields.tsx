import { type AccountSettings, ROLES, type Role } from '@lampboard/protocol';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useLive, useRepeatedNumbers } from '../../live/live-context.tsx';
import { rowsOf } from '../../live/live-state.ts';
import { Field } from '../../ui/field.tsx';
import { ExtensionsField } from './extensions-field.tsx';
import { namesOf, readExtensions } from './extensions-text.ts';

interface SettingsForm {
  readonly role: Role;
  readonly extensions: string;
  readonly disabled: boolean;
}

interface Settings {
  readonly form: SettingsForm;
  /** Why the extensions are not taken. */
  readonly why: string | null;
  /** Whose extensions they are. */
  readonly names: string;
  change: (patch: Partial<SettingsForm>) => void;
  /** Null where they would not be taken. */
  read: () => AccountSettings | null;
}

/** What an administrator decides about an account, as it is typed. */
export function useSettings(start: AccountSettings): Settings {
  const t = useT();
  const { store } = useLive();
  const repeated = useRepeatedNumbers();
  const [form, setForm] = useState<SettingsForm>({ ...start, extensions: start.extensions.join(', ') });
  const rows = rowsOf(store.getState());
  const extensions = readExtensions(t, form.extensions, rows);
  return {
    form,
    why: extensions.ok ? null : extensions.why,
    names: extensions.ok ? namesOf(extensions.extensions, rows, repeated) : '',
    change: (patch) => setForm({ ...form, ...patch }),
    read: () => (extensions.ok ? { ...form, extensions: [...extensions.extensions] } : null),
  };
}

export function SettingsFields({ settings, tried }: { settings: Settings; tried: boolean }) {
  const t = useT();
  const { form, why, names, change } = settings;
  return (
    <>
      <Field label={t('accounts.role')} note={t(`accounts.may.${form.role}`)}>
        {(id, noteId) => (
          <select
            id={id}
            className="select-field"
            aria-describedby={noteId}
            value={form.role}
            onChange={({ currentTarget: { value } }) =>
              change({ role: ROLES.find((role) => role === value) ?? form.role })
            }
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {t(`role.${role}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <ExtensionsField
        refused={tried && why !== null}
        note={(tried ? why : null) ?? (names === '' ? t('accounts.extensions-note') : names)}
        value={form.extensions}
        onText={(extensions) => change({ extensions })}
      />
      <label className="account-check">
        <input
          type="checkbox"
          checked={form.disabled}
          onChange={({ currentTarget: { checked } }) => change({ disabled: checked })}
        />
        <span>
          {t('accounts.disabled')}
          <small>{t('accounts.disabled-what')}</small>
        </span>
      </label>
    </>
  );
}
