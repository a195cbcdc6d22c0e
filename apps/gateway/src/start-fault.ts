/** Why Lampboard can't start, told in one line to whoever starts it. */
export class StartFault extends Error {}
