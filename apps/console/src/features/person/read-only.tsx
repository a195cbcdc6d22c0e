import { type ExtensionRow, isWritableProvider } from '@lampboard/protocol';
import { FieldHeading, FieldNote } from '../../ui/field.tsx';
import { useDraft } from './drafts-context.tsx';
import { PresenceText } from './presence-text.tsx';
import { SetBy } from './set-by.tsx';

/** A presence to be read, and why it is not to be set here. */
export function ReadOnly({ row }: { row: ExtensionRow }) {
  return (
    <section className="panel-read-only" aria-label="Presence">
      {row.presence !== null && <PresenceText presence={row.presence} />}
      <SetBy row={row} />
      <FieldNote>{whyNot(row)}</FieldNote>
      <Unsaved id={row.id} />
    </section>
  );
}

function whyNot({ provider, exten, person: { name } }: ExtensionRow): string {
  if (provider === null) {
    return 'The hint of this extension names no presence, only a telephone. Add a CustomPresence: provider to the hint to set one.';
  }
  const writable: boolean = isWritableProvider(provider);
  if (!writable) {
    return `This presence comes from ${provider}. Asterisk lets only CustomPresence: providers be set from outside.`;
  }
  return `Only ${name === exten ? `whoever has ${exten}` : name} and receptionists may change this.`;
}

/** The hint was removed while it was open; what was typed can still be read and copied. */
export function Gone({ id }: { id: string }) {
  return (
    <section className="panel-read-only">
      <p>This extension is not on the board: Asterisk has no hint for it.</p>
      <Unsaved id={id} />
    </section>
  );
}

/** What was typed while it could be set, and is kept until it can again. */
function Unsaved({ id }: { id: string }) {
  const draft = useDraft(id);
  if (draft === undefined) return null;
  return (
    <>
      <FieldHeading>Not saved</FieldHeading>
      <PresenceText presence={draft.mine} />
    </>
  );
}
