import { Component, type ReactNode } from 'react';
import { useT } from '../i18n/i18n-context.tsx';
import { Button } from '../ui/button.tsx';
import './shell.css';

export class ErrorPage extends Component<{ children: ReactNode }, { message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return <Failed message={message} />;
  }
}

function Failed({ message }: { message: string }) {
  const t = useT();
  return (
    <main className="empty-state error-page">
      <h1>{t('page.error')}</h1>
      <p>{t('page.error-description')}</p>
      <p>{t('page.error-advice')}</p>
      <pre>
        <code>{message}</code>
      </pre>
      <Button variant="primary" onClick={() => window.location.reload()}>
        {t('page.reload')}
      </Button>
    </main>
  );
}
