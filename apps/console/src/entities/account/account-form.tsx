import { type Failure, MIN_PASSWORD_LENGTH, accountName } from '@lampboard/protocol';
import { Check } from 'lucide-react';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { PasswordField } from '../../ui/form/password-field.tsx';
import { TextField } from '../../ui/form/text-field.tsx';

interface AccountFormProps {
  className: string;
  label?: string;
  isPending: boolean;
  failure: Failure | null;
  onSubmit: () => void;
  actions: ReactNode;
  children: ReactNode;
}

/** Form of one command: busy while it is pending, with its failure above the buttons. */
export function AccountForm(props: AccountFormProps) {
  const { className, label, isPending, failure, onSubmit, actions, children } = props;
  const t = useT();
  return (
    <form
      className={className}
      aria-label={label}
      aria-busy={isPending || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
      {actions}
    </form>
  );
}

interface FieldState {
  readonly text: string;
  /** Null if invalid. */
  readonly value: string | null;
  readonly setText: (text: string) => void;
}

export function useAccountName(initial: string): FieldState {
  const [text, setText] = useState(initial);
  return { text, value: accountName.safeParse(text).data ?? null, setText };
}

interface AccountNameFieldProps extends Pick<
  ComponentProps<typeof TextField>,
  'label' | 'note' | 'name' | 'autoComplete'
> {
  state: FieldState;
  submitted: boolean;
}

export function AccountNameField({ state, submitted, note = null, ...rest }: AccountNameFieldProps) {
  const t = useT();
  const invalid = submitted && state.value === null;
  return (
    <TextField
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      {...rest}
      invalid={invalid}
      note={invalid ? t('account.name-invalid') : note}
      value={state.text}
      onValueChange={state.setText}
    />
  );
}

interface SubmitBarProps {
  label: string;
  variant?: 'primary' | 'secondary';
  isPending: boolean;
  /** Shown beside it after success. */
  done: string | null;
}

/** The button of a form that stays open, with what it has done. */
export function SubmitBar({ label, variant = 'secondary', isPending, done }: SubmitBarProps) {
  return (
    <div className="button-row">
      <Button type="submit" variant={variant} aria-disabled={isPending || undefined}>
        {label}
      </Button>
      <output className="save-status">
        {done !== null && (
          <>
            <Check size={15} aria-hidden="true" /> {done}
          </>
        )}
      </output>
    </div>
  );
}

export function useNewPassword(): FieldState {
  const [text, setText] = useState('');
  return { text, value: text.length < MIN_PASSWORD_LENGTH ? null : text, setText };
}

interface NewPasswordFieldProps {
  label: string;
  note: string;
  state: FieldState;
  submitted: boolean;
}

export function NewPasswordField({ state, submitted, ...rest }: NewPasswordFieldProps) {
  return (
    <PasswordField
      name="new-password"
      autoComplete="new-password"
      invalid={submitted && state.value === null}
      value={state.text}
      onValueChange={state.setText}
      {...rest}
    />
  );
}
