import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import './error-page.css';

interface ErrorPageState {
  readonly message: string | null;
}

/** What stands there when the page itself has failed: what happened, what is safe, what to do. */
export class ErrorPage extends Component<{ children: ReactNode }, ErrorPageState> {
  override state: ErrorPageState = { message: null };

  static getDerivedStateFromError(error: unknown): ErrorPageState {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render() {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <main className="error-page">
        <h1>This page has stopped working</h1>
        <p>
          It is a fault of the page, not of the telephones: Asterisk and everybody else’s board go on as
          before. What you had typed and not saved is lost.
        </p>
        <p>Reload the page. If it happens again, tell your administrator this:</p>
        <pre>
          <code>{message}</code>
        </pre>
        <Button look="strong" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </main>
    );
  }
}
