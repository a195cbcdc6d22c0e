import './shell.css';

export function Logo() {
  return (
    <div className="logo">
      <svg viewBox="0 0 17 17" width="17" height="17" aria-hidden="true">
        <circle className="logo-idle" cx="3.5" cy="3.5" r="3.5" />
        <circle className="logo-in-use" cx="13.5" cy="3.5" r="3.5" />
        <circle className="logo-ringing" cx="3.5" cy="13.5" r="3.5" />
        <circle className="logo-unavailable" cx="13.5" cy="13.5" r="2.75" />
      </svg>
      <span>Lampboard</span>
    </div>
  );
}
