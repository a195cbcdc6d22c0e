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
import './lazy-component.css';

/** The network is gone, or the gateway has another version of the page by now. */
class ComponentLoadError extends Error {}

/**
 * A part of the page that is fetched when it is first shown. Where it can't be had, that is said in its place, with a way
 * to try again; the rest of the page goes on. `waiting` keeps its place meanwhile.
 */
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
    // What fails for another reason is a fault of the page, and for the page to tell.
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
    <div className="load-error">
      <p role="alert">{t('page.part-not-loaded')}</p>
      <Button onClick={onRetry}>{t('ui.try-again')}</Button>
    </div>
  );
}
