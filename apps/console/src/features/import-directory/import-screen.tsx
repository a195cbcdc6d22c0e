import {
  type ImportPreview,
  MAX_IMPORT_LENGTH,
  type Me,
  PAGE_PATHS,
  canManageAccounts,
} from '@lampboard/protocol';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useCommand } from '../../data/http/use-command.ts';
import { failureMessage } from '../../i18n/failure-message.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { AutoTextarea } from '../../ui/form/auto-textarea.tsx';
import { Field } from '../../ui/form/field.tsx';
import { type ImportSource, ChooseTable } from './choose-table.tsx';
import { PreviewOfImport } from './import-preview.tsx';
import '../../ui/styles/page.css';
import './import-directory.css';

/** Imports a table into the directory: it is chosen, previewed and confirmed. */
export function ImportScreen({ me }: { me: Me }) {
  const t = useT();
  return (
    <main className="page-container">
      <header>
        <Link href={PAGE_PATHS.directory} className="import-back">
          <ArrowLeft size={15} aria-hidden="true" />
          {t('directory.heading')}
        </Link>
        <h1>{t('import.heading')}</h1>
      </header>
      {canManageAccounts(me) ? <Steps /> : <p className="subtle">{t('directory.admins-only')}</p>}
    </main>
  );
}

function Steps() {
  const t = useT();
  const [pasted, setPasted] = useState('');
  const [source, setSource] = useState<ImportSource | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [imported, setImported] = useState<number | null>(null);
  const previewCommand = useCommand('preview-directory-import', setPreview);
  const importCommand = useCommand('import-directory', setImported);
  const show = (next: ImportSource) => {
    setSource(next);
    importCommand.reset();
    previewCommand.mutate({ text: next.text });
  };

  if (imported !== null) {
    return (
      <section className="card import-done">
        <h2 ref={focusHeading} tabIndex={-1}>
          {t('import.done', { count: imported })}
        </h2>
        <p className="subtle">{t('import.done-note')}</p>
        <div className="button-row">
          <Link href={PAGE_PATHS.directory} className="button button-primary">
            {t('import.to-directory')}
          </Link>
          <Button
            onClick={() => {
              setImported(null);
              setPreview(null);
              setPasted('');
            }}
          >
            {t('import.another')}
          </Button>
        </div>
      </section>
    );
  }
  if (preview !== null && source !== null) {
    return (
      <PreviewOfImport
        preview={preview}
        fileName={source.fileName}
        isGuessed={source.isGuessed}
        isPending={importCommand.isPending}
        failure={importCommand.failure}
        onCancel={() => setPreview(null)}
        onImport={() => importCommand.mutate({ text: source.text })}
      />
    );
  }
  const { failure, isPending } = previewCommand;
  return (
    <>
      <p className="subtle import-intro">{t('import.intro')}</p>
      <ChooseTable onChoose={show} />
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (pasted.trim() !== '') show({ text: pasted, fileName: null, isGuessed: false });
        }}
      >
        <Field label={t('import.paste')} note={t('import.columns')}>
          {(id, noteId) => (
            <AutoTextarea
              id={id}
              className="import-text"
              aria-describedby={noteId}
              rows={5}
              maxLength={MAX_IMPORT_LENGTH}
              spellCheck={false}
              placeholder={
                'extension,name,department,email,mobile\n1101,Rita Moreno,Reception,rita@example.com,'
              }
              value={pasted}
              onValueChange={setPasted}
            />
          )}
        </Field>
        {failure !== null && <Alert>{failureMessage(t, failure)}</Alert>}
        <div>
          <Button
            type="submit"
            variant="primary"
            aria-disabled={isPending || pasted.trim() === '' || undefined}
          >
            {t(isPending ? 'import.checking' : 'import.preview')}
          </Button>
        </div>
      </form>
    </>
  );
}

const focusHeading = (heading: HTMLHeadingElement | null) => heading?.focus();
