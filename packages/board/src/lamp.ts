import type { Lamp } from '@lampboard/protocol';

/**
 * The lamp for the bit mask in `ExtensionStatus.Status`: 1 in use, 2 busy, 4 unavailable, 8 ringing, 16 on hold
 * (`enum ast_extension_states` of Asterisk's pbx.h). Whatever is not a known combination is `unknown`: never guessed.
 */
export function lampOfStatus(status: number): Lamp {
  switch (status) {
    case 0:
      return 'idle';
    case 1:
      return 'in-use';
    case 2:
      return 'busy';
    case 4:
      return 'unavailable';
    case 8:
      return 'ringing';
    case 9:
      return 'in-use-ringing';
    case 16:
      return 'on-hold';
    case 17:
      return 'in-use-on-hold';
    default:
      return 'unknown';
  }
}
