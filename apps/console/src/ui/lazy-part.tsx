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
import './lazy-part.css';

/** The network is gone, or the gateway has another version of the page by now. */
class PartNotLoaded extends Error {}

/**
 * A part of the page that is fetched when it is first shown. Where it can't be had, that is said in its place, with a way
 * to try again; the rest of the page goes on. `waiting` keeps its place meanwhile.
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
  waiting: ReactNode = null,
): ComponentType<P> {
  const fetchPart = async () => {
    try {
      return { default: await load() };
    } catch {
      throw new PartNotLoaded();
    }
  };
  let latest = lazy(fetchPart);
  return function LazyPart(props: P) {
    const [part, setPart] = useState(() => latest);
    const again = () => {
      latest = lazy(fetchPart);
      setPart(() => latest);
    };
    return (
      <PartBoundary onAgain={again}>
        <Suspense fallback={waiting}>{createElement(part, props)}</Suspense>
      </PartBoundary>
    );
  };
}

interface PartBoundaryProps {
  onAgain: () => void;
  children: ReactNode;
}

class PartBoundary extends Component<PartBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(error: unknown): { failed: boolean } {
    // What fails for another reason is a fault of the page, and for the page to tell.
    if (!(error instanceof PartNotLoaded)) throw error;
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const onAgain = () => {
      this.setState({ failed: false });
      this.props.onAgain();
    };
    return <NotLoaded onAgain={onAgain} />;
  }
}

function NotLoaded({ onAgain }: { onAgain: () => void }) {
  const t = useT();
  return (
    <div className="part-not-loaded">
      <p role="alert">{t('page.part-not-loaded')}</p>
      <Button onClick={onAgain}>{t('ui.try-again')}</Button>
    </div>
  );
}
