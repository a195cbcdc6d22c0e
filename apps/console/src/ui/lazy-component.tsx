import {
  Component,
  type ComponentType,
  type ReactNode,
  Suspense,
  createElement,
  lazy,
  useState,
} from 'react';
import { useT } from '../i18n/i18n-context.tsx';
import { Button } from './button.tsx';

/** The network is down, or the gateway has another version of the page. */
class ComponentLoadError extends Error {}

/** A component that is loaded when it is first rendered; a failed load shows an error with a retry button. */
export function lazyComponent<P extends object>(
  load: () => Promise<ComponentType<P>>,
  fallback: ReactNode = null,
): ComponentType<P> {
  const fetchComponent = async () => {
    try {
      return { default: await load() };
    } catch {
      throw new ComponentLoadError();
    }
  };
  let latest = lazy(fetchComponent);
  return function LazyComponent(props: P) {
    const [component, setComponent] = useState(() => latest);
    const retry = () => {
      latest = lazy(fetchComponent);
      setComponent(() => latest);
    };
    return (
      <LoadErrorBoundary onRetry={retry}>
        <Suspense fallback={fallback}>{createElement(component, props)}</Suspense>
      </LoadErrorBoundary>
    );
  };
}

interface LoadErrorBoundaryProps {
  onRetry: () => void;
  children: ReactNode;
}

class LoadErrorBoundary extends Component<LoadErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(error: unknown): { failed: boolean } {
    // Other errors are bugs, which the page shows.
    if (!(error instanceof ComponentLoadError)) throw error;
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const onRetry = () => {
      this.setState({ failed: false });
      this.props.onRetry();
    };
    return <LoadError onRetry={onRetry} />;
  }
}

function LoadError({ onRetry }: { onRetry: () => void }) {
  const t = useT();
  return (
    <div className="empty-state">
      <p role="alert">{t('page.section-not-loaded')}</p>
      <Button onClick={onRetry}>{t('ui.try-again')}</Button>
    </div>
  );
}
