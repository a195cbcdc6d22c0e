import { PASSWORD_MIN, accountName } from '@lampboard/protocol';
import { useState } from 'react';
import { useCommand } from '../../api/use-command.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PasswordField } from '../../ui/password-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { SettingsFields, useSettings } from './settings-fields.tsx';

interface AddAccountProps {
  onDone: () => void;
  onClose: () => void;
}

/** A new account, which signs in with a password. */
export function AddAccount({ onDone, onClose }: AddAccountProps) {
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const settings = useSettings({ role: 'user', extensions: [], disabled: false });
  const { busy, failure, ask } = useCommand('add-account', onDone);
  const name = accountName.safeParse(typed);
  const short = password.length < PASSWORD_MIN;

  const onSubmit = () => {
    setTried(true);
    const read = settings.read();
    if (name.success && !short && read !== null) ask({ name: name.data, password, settings: read });
  };

  return (
    <Dialog heading="Add an account" look="sheet" onClose={onClose}>
      <form
        className="accounts-form"
        aria-busy={busy || undefined}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <TextField
          label="Account"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          refused={tried && !name.success}
          note={tried && !name.success ? 'A name of 1 to 64 characters.' : 'What is typed at the sign-in.'}
          value={typed}
          onText={setTyped}
        />
        <PasswordField
          label="Password"
          autoComplete="new-password"
          refused={tried && short}
          note={`At least ${PASSWORD_MIN} characters. It can be changed under “Account & sessions”.`}
          value={password}
          onText={setPassword}
        />
        <SettingsFields settings={settings} tried={tried} />
        {failure !== null && <Alert>{failure.message}</Alert>}
        <div className="dialog-ways">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="strong" aria-disabled={busy || undefined}>
            {busy ? 'Adding…' : 'Add'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
