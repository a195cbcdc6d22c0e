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

/** What is marked, in full, and what Enter does with it. */
export function Preview({ option, presenceCommand, edits, onRun }: PreviewProps) {
  const t = useT();
  const kind = option?.kind ?? 'command';
  return (
    <section className="palette-preview" aria-label={t('palette.preview')} data-kind={kind}>
      {option?.kind === 'open' && <PersonPreview id={option.id} />}
      {option?.kind === 'set' && <CommandPreview {...{ option, presenceCommand, edits }} />}
      {kind === 'command' && <Examples />}
      {option !== undefined && option.kind !== 'set' && (
        <SubmitButton label={t(`palette.enter.${option.kind}`)} onClick={() => onRun(option)} />
      )}
    </section>
  );
}

/** What can be typed, by example. */
function Examples() {
  const t = useT();
  return (
    <>
      <h3>{t('palette.how-heading')}</h3>
      <dl className="palette-examples">
        <dt>{t('palette.example.find')}</dt>
        <dd>{t('palette.example.find-means')}</dd>
        <dt>{t('palette.example.set')}</dt>
        <dd>{t('palette.example.set-means')}</dd>
        <dt>{t('palette.example.own')}</dt>
        <dd>{t('palette.example.own-means')}</dd>
      </dl>
    </>
  );
}
