import { type AccountSettings, ROLES, type Role } from '@lampboard/protocol';
import { useState } from 'react';
import { useLive } from '../../live/live-context.tsx';
import { rowsOf } from '../../live/live-state.ts';
import { Field } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ROLE_WORDS } from '../../ui/words.ts';
import { namesOf, readExtensions } from './extensions-text.ts';

const MAY: Readonly<Record<Role, string>> = {
  user: 'Sees the board and sets the presence of the extensions below.',
  receptionist: 'Sets everybody’s presence.',
  admin: 'Sets everybody’s presence, and manages accounts.',
};

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
  const { store } = useLive();
  const [form, setForm] = useState<SettingsForm>({ ...start, extensions: start.extensions.join(', ') });
  const rows = rowsOf(store.getState());
  const extensions = readExtensions(form.extensions, rows);
  return {
    form,
    why: extensions.ok ? null : extensions.why,
    names: extensions.ok ? namesOf(extensions.extensions, rows) : '',
    change: (patch) => setForm({ ...form, ...patch }),
    read: () => (extensions.ok ? { ...form, extensions: [...extensions.extensions] } : null),
  };
}

export function SettingsFields({ settings, tried }: { settings: Settings; tried: boolean }) {
  const { form, why, names, change } = settings;
  return (
    <>
      <Field label="Role" note={MAY[form.role]}>
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
                {ROLE_WORDS[role]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        label="Extensions"
        autoComplete="off"
        spellCheck={false}
        refused={tried && why !== null}
        note={(tried ? why : null) ?? (names === '' ? 'Numbers, by commas; none is fine too.' : names)}
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
          Disabled
          <small>Cannot sign in; whoever is signed in is signed out.</small>
        </span>
      </label>
    </>
  );
}
