import { accountName } from '@lampboard/protocol';
import { useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** What an account is called, as it is typed. */
interface AccountName {
  readonly typed: string;
  /** Null where it would not be taken. */
  readonly name: string | null;
  readonly type: (text: string) => void;
}

export function useAccountName(start: string): AccountName {
  const [typed, type] = useState(start);
  return { typed, name: accountName.safeParse(typed).data ?? null, type };
}

interface NameFieldProps {
  account: AccountName;
  note: string | null;
  /** It was to be sent. */
  tried: boolean;
}

export function NameField({ account: { typed, name, type }, note, tried }: NameFieldProps) {
  const t = useT();
  const refused = tried && name === null;
  return (
    <TextField
      label={t('accounts.account')}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      refused={refused}
      note={refused ? t('account.name-refused') : note}
      value={typed}
      onText={type}
    />
  );
}
