interface Call {
  id: string;
  text: string;
  sound: boolean;
  onOpen: () => void;
}

/** Several pages of one browser see the same at the same time; the first calls, for so many milliseconds. */
const TURN_MS = 2000;

/** A sound, and, where nobody looks at the page and it is permitted, a notification of the desktop. */
export function callUser(call: Call): void {
  // There are none where the page does not come from a secure address.
  const locks: LockManager | null | undefined = navigator.locks;
  if (!locks) {
    makeCall(call);
    return;
  }
  const options = { ifAvailable: true };
  void locks.request(`lampboard.tell-me.${call.id}`, options, async (turn) => {
    if (turn === null) return;
    makeCall(call);
    await new Promise((resolve) => {
      setTimeout(resolve, TURN_MS);
    });
  });
}

function makeCall({ id, text, sound, onOpen }: Call): void {
  if (sound)
    void import('./soft-sound.ts').then(({ playSoftSound }) => playSoftSound()).catch(() => undefined);
  if (document.hasFocus() || !('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const notification = new Notification(text, { tag: `lampboard.tell-me.${id}`, icon: '/favicon.svg' });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
      onOpen();
    });
  } catch {
    // Some telephones have the permission and no notifications of pages.
  }
}
