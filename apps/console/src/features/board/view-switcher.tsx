import { DENSITIES, type Density } from '@lampboard/protocol';
import { Grid2x2, Grid3x3, Rows4, Table2 } from 'lucide-react';
import { useId } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { useSettings, usePreference } from '../../data/preferences/settings-context.tsx';
import './board-header.css';

type Choice = Density | 'table';
const CHOICES: readonly Choice[] = [...DENSITIES, 'table'];
const ICONS = { roomy: Grid2x2, regular: Grid3x3, compact: Rows4, table: Table2 } as const;

export function ViewSwitcher() {
  const t = useT();
  const settings = useSettings();
  const view = usePreference('view');
  const density = usePreference('density');
  const name = useId();
  const chosen: Choice = view === 'table' ? view : density;
  return (
    <fieldset className="view-switcher">
      <legend className="visually-hidden">{t('view.view')}</legend>
      {CHOICES.map((choice) => {
        const Icon = ICONS[choice];
        return (
          <label key={choice} title={t(`view.${choice}`)}>
            <input
              type="radio"
              name={name}
              checked={choice === chosen}
              onChange={() =>
                settings.updatePreferences(
                  choice === 'table' ? { view: choice } : { view: 'tiles', density: choice },
                )
              }
            />
            <Icon size={16} aria-hidden="true" />
            <span className="view-label">{t(`view.${choice}`)}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
