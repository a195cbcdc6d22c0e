const CONTROL = '[data-extension], [role="option"], button, a';
const LIST = '[role="grid"], [role="listbox"], ul, ol';
/** Pixels; a pointer that moves further drags. */
const CLICK_TOLERANCE = 4;

/** What the pointer was pressed on. */
interface Press {
  /** The control or a part of it. */
  readonly pressed: Element;
  readonly control: HTMLElement;
  /** Value of `data-extension`: the control may show another extension later. */
  readonly extension: string | undefined;
  readonly list: Element | null;
  readonly x: number;
  readonly y: number;
}

/**
 * Makes a click count for what was pressed, if a change redraws or moves that before the release. Browsers send no
 * click when the pressed element is removed, and one to whatever else is there when it moves.
 */
export function retainClicks(): void {
  let press: Press | null = null;
  let isReplaced = false;

  const onPress = (event: PointerEvent) => {
    isReplaced = false;
    press = event.isPrimary && event.button === 0 ? pressOf(event) : null;
  };
  const onRelease = (event: PointerEvent) => {
    const target = press === null ? undefined : clickTarget(press, event);
    press = null;
    if (target === undefined) return;
    isReplaced = true;
    // With the modifier keys of the release.
    target?.dispatchEvent(new MouseEvent('click', event));
  };
  const onClick = (event: MouseEvent) => {
    const isOfPointer = event.isTrusted && event.detail > 0;
    if (!isOfPointer || !isReplaced) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onCancel = () => {
    press = null;
  };
  window.addEventListener('pointerdown', onPress, true);
  window.addEventListener('pointerup', onRelease, true);
  window.addEventListener('pointercancel', onCancel, true);
  window.addEventListener('click', onClick, true);
}

function pressOf({ target, clientX, clientY }: PointerEvent): Press | null {
  if (!(target instanceof Element)) return null;
  const control = target.closest<HTMLElement>(CONTROL);
  if (control === null) return null;
  return {
    pressed: target,
    control,
    extension: control.dataset['extension'],
    list: control.closest(LIST),
    x: clientX,
    y: clientY,
  };
}

/** Returns where the click belongs; undefined if the browser sends it there itself, null if that is gone. */
function clickTarget(
  { pressed, control, extension, list, x, y }: Press,
  { clientX, clientY }: PointerEvent,
): HTMLElement | null | undefined {
  const reached = document.elementFromPoint(clientX, clientY);
  const isSame = control.isConnected && control.dataset['extension'] === extension;
  if (isSame && control.contains(reached)) return pressed.isConnected ? undefined : control;
  const hasDragged = Math.hypot(clientX - x, clientY - y) > CLICK_TOLERANCE;
  if (hasDragged || list?.contains(reached) !== true) return undefined;
  if (isSame) return control;
  return extension === undefined
    ? undefined
    : list.querySelector<HTMLElement>(`[data-extension="${CSS.escape(extension)}"]`);
}
