import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import type { PresenceValue } from '../../entities/presence/presence-value.ts';
import type { Editor } from './use-editor.ts';
import './presence-editor.css';

/** Says whether texts and return time are carried over to another state, and offers the opposite. */
export function CarriedOver({
  editor: { form, change },
  current,
}: {
  editor: Editor;
  current: PresenceValue;
}) {
  const t = useT();
  if (form.state === current.state) return null;
  const { subtype, message, returnTime } = current;
  const isAvailable = form.state === 'available';
  const hadText = subtype !== '' || message !== '';
  const carriesText = hadText && form.subtype === subtype && form.message === message;
  const clearedText = hadText && isAvailable && form.subtype === '' && form.message === '';
  const clearedTime =
    returnTime !== null && form.returnTime === null && (isAvailable || form.state === 'chat');
  const clearedKey =
    clearedText && clearedTime
      ? 'editor.text-and-time-will-be-cleared'
      : clearedText
        ? 'editor.text-will-be-cleared'
        : 'return-time.will-be-cleared';
  return (
    <>
      {carriesText && (
        <CarriedLine
          text={t('editor.text-kept')}
          action={t('editor.clear-text')}
          field="subtype"
          onClick={() => change({ subtype: '', message: '' })}
        />
      )}
      {(clearedText || clearedTime) && (
        <CarriedLine
          text={t(clearedKey)}
          action={clearedText ? t('editor.keep-text') : isAvailable ? null : t('return-time.keep')}
          field={clearedText ? 'subtype' : 'return-time'}
          onClick={() => change(clearedText ? { subtype, message } : { returnTime })}
        />
      )}
    </>
  );
}

interface CarriedLineProps {
  text: string;
  action: string | null;
  /** Name of the field that is focused. */
  field: string;
  onClick: () => void;
}

function CarriedLine({ text, action, field, onClick }: CarriedLineProps) {
  return (
    <p className="secondary carried-over-line">
      {text}
      {action !== null && (
        <Button
          variant="ghost"
          onClick={({ currentTarget: { form } }) => {
            onClick();
            form?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus();
          }}
        >
          {action}
        </Button>
      )}
    </p>
  );
}
