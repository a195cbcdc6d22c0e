import { useT } from '../../i18n/i18n-context.tsx';
import { Button } from '../../ui/button.tsx';
import { KEYS } from '../../ui/keys.ts';
import { KeyCaps } from '../../ui/key-caps.tsx';
import type { PaletteOption } from './option.ts';
import { PersonPreview } from './person-preview.tsx';
import { SetPreview } from './set-preview.tsx';
import type { Setting } from './use-set.ts';
import './preview.css';

interface PreviewProps {
  option: PaletteOption | undefined;
  set: Setting;
  onRun: (option: PaletteOption) => void;
}

/** What is marked, in full, and what Enter does with it. */
export function Preview({ option, set, onRun }: PreviewProps) {
  const t = useT();
  const kind = option?.kind ?? 'command';
  return (
    <section className="palette-preview" aria-label={t('palette.preview')} data-kind={kind}>
      {option?.kind === 'open' && <PersonPreview id={option.id} />}
      {option?.kind === 'set' && <SetPreview option={option} set={set} />}
      {kind === 'command' && <HowTo />}
      {option !== undefined && (
        <Button
          look={option.kind === 'set' ? 'strong' : 'plain'}
          className="palette-enter"
          aria-disabled={(option.kind === 'set' && set.sent !== null) || undefined}
          onClick={() => onRun(option)}
        >
          {t(`palette.enter.${option.kind}`)}
          <span aria-hidden="true">
            <KeyCaps of={KEYS.hits.run[0]} />
          </span>
        </Button>
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
