import { useT } from '../../i18n/i18n-context.tsx';
import { EnterButton } from './enter-button.tsx';
import type { LineEdits } from './line-edits.ts';
import type { PaletteOption } from './option.ts';
import { PersonPreview } from './person-preview.tsx';
import { SetPreview } from './set-preview.tsx';
import type { Setting } from './use-set.ts';
import './preview.css';

interface PreviewProps {
  option: PaletteOption | undefined;
  set: Setting;
  edits: LineEdits;
  onRun: (option: PaletteOption) => void;
}

/** What is marked, in full, and what Enter does with it. */
export function Preview({ option, set, edits, onRun }: PreviewProps) {
  const t = useT();
  const kind = option?.kind ?? 'command';
  return (
    <section className="palette-preview" aria-label={t('palette.preview')} data-kind={kind}>
      {option?.kind === 'open' && <PersonPreview id={option.id} />}
      {option?.kind === 'set' && <SetPreview {...{ option, set, edits }} />}
      {kind === 'command' && <HowTo />}
      {option !== undefined && option.kind !== 'set' && (
        <EnterButton word={t(`palette.enter.${option.kind}`)} onClick={() => onRun(option)} />
      )}
    </section>
  );
}

/** What can be typed, by example. */
function HowTo() {
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
