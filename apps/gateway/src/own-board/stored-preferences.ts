import {
  DEFAULT_PREFERENCES,
  type Preferences,
  type PreferencesPatch,
  preferences,
  preferencesPatch,
} from '@lampboard/protocol';

/** What was stored, field by field: one that can't be read, or is no longer known, is as it is at first. */
export function readPreferences(stored: string | null): Preferences {
  const fields = Object.entries(objectOf(stored)).map(
    ([name, value]) => preferencesPatch.safeParse({ [name]: value }).data ?? {},
  );
  return fields.reduce(withPatch, DEFAULT_PREFERENCES);
}

export function withPatch(before: Preferences, patch: PreferencesPatch): Preferences {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return preferences.parse({ ...before, ...Object.fromEntries(given) });
}

function objectOf(text: string | null): object {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
