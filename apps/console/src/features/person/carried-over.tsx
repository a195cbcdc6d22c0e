import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import type { Said } from './said.ts';
import type { Editor } from './use-editor.ts';
import './carried-over.css';

/** Says what became of texts and return time when another state was chosen, and offers the opposite. */
export function CarriedOver({ editor: { form, change }, now }: { editor: Editor; now: Said }) {
  const t = useT();
  if (form.state === now.state) return null;
  const { subtype, message, back } = now;
  const isThere = form.state === 'available';
  const hadText = subtype !== '' || message !== '';
  const keepsText = hadText && form.subtype === subtype && form.message === message;
  const losesText = hadText && isThere && form.subtype === '' && form.message === '';
  const losesTime = back !== null && form.back === null && (isThere || form.state === 'chat');
  const goes =
    losesText && losesTime ? 'editor.text-and-time-go' : losesText ? 'editor.text-goes' : 'back.goes';
  return (
    <>
      {keepsText && (
        <CarriedLine
          text={t('editor.text-stays')}
          action={t('editor.clear-text')}
          field="subtype"
          onClick={() => change({ subtype: '', message: '' })}
        />
      )}
      {(losesText || losesTime) && (
        <CarriedLine
          text={t(goes)}
          action={losesText ? t('editor.keep-text') : isThere ? null : t('back.keep')}
          field={losesText ? 'subtype' : 'back'}
          onClick={() => change(losesText ? { subtype, message } : { back })}
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
    <p className="carried-line">
      {text}
      {action !== null && (
        <Button
          look="quiet"
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
