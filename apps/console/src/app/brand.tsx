import './brand.css';

export function Brand() {
  return (
    <div className="brand">
      <svg viewBox="0 0 17 17" width="17" height="17" aria-hidden="true">
        <circle className="brand-idle" cx="3.5" cy="3.5" r="3.5" />
        <circle className="brand-use" cx="13.5" cy="3.5" r="3.5" />
        <circle className="brand-ring" cx="3.5" cy="13.5" r="3.5" />
        <circle className="brand-off" cx="13.5" cy="13.5" r="2.75" />
      </svg>
      <span>Lampboard</span>
    </div>
  );
}
