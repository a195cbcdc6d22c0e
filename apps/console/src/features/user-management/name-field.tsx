import { accountName } from '@lampboard/protocol';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

/** What an account is called, as it is typed. */
interface AccountName {
  readonly typed: string;
  /** Null where it would not be taken. */
  readonly name: string | null;
  readonly setTyped: (text: string) => void;
}

export function useAccountName(start: string): AccountName {
  const [typed, setTyped] = useState(start);
  return { typed, name: accountName.safeParse(typed).data ?? null, setTyped };
}

interface NameFieldProps {
  account: AccountName;
  note: string | null;
  /** It was to be sent. */
  submitted: boolean;
}

export function NameField({ account: { typed, name, setTyped }, note, submitted }: NameFieldProps) {
  const t = useT();
  const invalid = submitted && name === null;
  return (
    <TextField
      label={t('accounts.account')}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      invalid={invalid}
      note={invalid ? t('account.name-refused') : note}
      value={typed}
      onValueChange={setTyped}
    />
  );
}
