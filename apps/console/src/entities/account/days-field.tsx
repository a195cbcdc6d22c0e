import { INVITATION_DAYS } from '@lampboard/protocol';
import { useT } from '../../i18n/i18n-context.tsx';
import { SelectField } from '../../ui/form/select-field.tsx';

export type InvitationDays = (typeof INVITATION_DAYS)[number];

interface DaysFieldProps {
  value: InvitationDays;
  onValueChange: (days: InvitationDays) => void;
}

/** Chooses for how long links are valid. */
export function DaysField({ value, onValueChange }: DaysFieldProps) {
  const t = useT();
  return (
    <SelectField
      label={t('invitation.valid-for')}
      options={INVITATION_DAYS.map((days) => ({ value: days, label: t('invitation.days', { count: days }) }))}
      value={value}
      onValueChange={onValueChange}
    />
  );
}
