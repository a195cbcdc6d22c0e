import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import type { PresenceValue } from '../../entities/presence/current-presence.ts';
import type { Editor } from './use-editor.ts';
import './carried-over.css';

/** Says what became of texts and return time when another state was chosen, and offers the opposite. */
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
  const keptText = hadText && form.subtype === subtype && form.message === message;
  const clearedText = hadText && isAvailable && form.subtype === '' && form.message === '';
  const clearedTime =
    returnTime !== null && form.returnTime === null && (isAvailable || form.state === 'chat');
  const clearedKey =
    clearedText && clearedTime ? 'editor.text-and-time-go' : clearedText ? 'editor.text-goes' : 'back.goes';
  return (
    <>
      {keptText && (
        <CarriedLine
          text={t('editor.text-stays')}
          action={t('editor.clear-text')}
          field="subtype"
          onClick={() => change({ subtype: '', message: '' })}
        />
      )}
      {(clearedText || clearedTime) && (
        <CarriedLine
          text={t(clearedKey)}
          action={clearedText ? t('editor.keep-text') : isAvailable ? null : t('back.keep')}
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
  /** The name of the field that gets the focus then. */
  field: string;
  onClick: () => void;
}

function CarriedLine({ text, action, field, onClick }: CarriedLineProps) {
  return (
    <p className="carried-over-line">
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
