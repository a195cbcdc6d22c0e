import { Eye, EyeOff } from 'lucide-react';
import { type Ref, useState } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { TextField } from './text-field.tsx';
import './form.css';

interface PasswordFieldProps {
  label: string;
  value: string;
  onValueChange: (text: string) => void;
  autoComplete: 'current-password' | 'new-password';
  name?: string;
  note?: string | null;
  invalid?: boolean;
  field?: Ref<HTMLInputElement>;
}

export function PasswordField(props: PasswordFieldProps) {
  const t = useT();
  const [isVisible, setIsVisible] = useState(false);
  const Icon = isVisible ? EyeOff : Eye;
  return (
    <TextField
      {...props}
      type={isVisible ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      end={
        <button
          type="button"
          className="text-button password-toggle"
          aria-pressed={isVisible}
          onClick={() => setIsVisible(!isVisible)}
        >
          <Icon size={16} aria-hidden="true" />
          {t('ui.show-password')}
        </button>
      }
    />
  );
}
