import { useT } from '../../i18n/i18n-context.tsx';
import { SubmitButton } from './submit-button.tsx';
import type { LineEdits, PaletteOption } from './palette-option.ts';
import { PersonPreview } from './person-preview.tsx';
import { CommandPreview } from './command-preview.tsx';
import type { PresenceCommandControl } from './use-presence-command.ts';
import './preview.css';

interface PreviewProps {
  option: PaletteOption | undefined;
  presenceCommand: PresenceCommandControl;
  edits: LineEdits;
  onRun: (option: PaletteOption) => void;
}

/** Shows the active option in full, with the button that runs it. */
export function Preview({ option, presenceCommand, edits, onRun }: PreviewProps) {
  const t = useT();
  const kind = option?.kind ?? 'command';
  return (
    <section className="palette-preview" aria-label={t('palette.preview')} data-kind={kind}>
      {option?.kind === 'open' && <PersonPreview id={option.id} />}
      {option?.kind === 'set' && <CommandPreview {...{ option, presenceCommand, edits }} />}
      {kind === 'command' && <Examples />}
      {option !== undefined && option.kind !== 'set' && (
        <SubmitButton label={t(`palette.submit.${option.kind}`)} onClick={() => onRun(option)} />
      )}
    </section>
  );
}

function Examples() {
  const t = useT();
  return (
    <>
      <h3>{t('palette.examples')}</h3>
      <dl className="palette-examples">
        <dt className="card">{t('palette.example.find')}</dt>
        <dd className="secondary">{t('palette.example.find-means')}</dd>
        <dt className="card">{t('palette.example.set')}</dt>
        <dd className="secondary">{t('palette.example.set-means')}</dd>
        <dt className="card">{t('palette.example.own')}</dt>
        <dd className="secondary">{t('palette.example.own-means')}</dd>
      </dl>
    </>
  );
}
