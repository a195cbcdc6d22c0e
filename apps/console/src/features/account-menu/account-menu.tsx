import { CircleUserRound, LogOut, ShieldUser, UsersRound } from 'lucide-react';
import { mayManageAccounts, type Me } from '@lampboard/protocol';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Link } from 'wouter';
import { Avatar } from '../../ui/avatar.tsx';
import { ROLE_WORDS } from '../../ui/words.ts';
import './account-menu.css';

interface AccountMenuProps {
  me: Me;
  onSignOut: () => void;
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Who is signed in, and where to go from there. */
export function AccountMenu({ me, onSignOut }: AccountMenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const itemsOf = () => [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];

  useEffect(() => {
    if (!open) return undefined;
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && root.current?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown);
    return () => document.removeEventListener('pointerdown', onPointerDown);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (!open) return;
    const items = itemsOf();
    const step = STEPS[event.key];
    if (event.key === 'Tab') {
      setOpen(false);
      return;
    }
    if (event.key === 'Escape') {
      setOpen(false);
      button.current?.focus();
    } else if (step !== undefined) {
      const at = items.findIndex((item) => item === document.activeElement);
      items[step(at, items.length)]?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const close = () => setOpen(false);

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the menu in it
    <div ref={root} className="account-menu" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        className="account-menu-button"
        aria-label={`Signed in as ${me.name}`}
        title={me.name}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (open || event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Avatar name={me.name} />
      </button>
      {open && (
        <div className="account-menu-sheet">
          <p className="account-menu-who">
            <strong dir="auto">{me.name}</strong>
            <span>{ROLE_WORDS[me.role]}</span>
          </p>
          <div role="menu" id={id} aria-label="Yours">
            <Item to="/me" Icon={CircleUserRound} word="My status" onPick={close} />
            <Item to="/account" Icon={ShieldUser} word="Account & sessions" onPick={close} />
            {mayManageAccounts(me) && <Item to="/admin" Icon={UsersRound} word="Accounts" onPick={close} />}
            <button
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                button.current?.focus();
                onSignOut();
              }}
            >
              <LogOut size={16} aria-hidden="true" />
              Sign out
            </button>
          </div>
        </div>
      )}
    </div>
  );
}

interface ItemProps {
  to: string;
  Icon: typeof LogOut;
  word: string;
  onPick: () => void;
}

function Item({ to, Icon, word, onPick }: ItemProps) {
  return (
    <Link href={to} role="menuitem" tabIndex={-1} onClick={onPick}>
      <Icon size={16} aria-hidden="true" />
      {word}
    </Link>
  );
}
