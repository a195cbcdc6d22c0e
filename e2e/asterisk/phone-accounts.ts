/** A SIP account of the real Asterisks. */
export type PhoneAccount = { extension: string; password: string; callerId: string };

const NAMES: Record<string, string> = {
  '1101': 'Ada Okafor',
  '1102': 'Bruno Díaz',
  '1103': 'Chloé Martin',
  '1104': 'Alice Chen',
  '1105': 'Zoë "Zed" Young',
  '1106': "Sean O'Brien, Sales",
};

/** The accounts 1101–1120, password `pw` and the extension; 1101–1106 have a name, the rest a bare number. */
export const PHONE_ACCOUNTS: readonly PhoneAccount[] = Array.from({ length: 20 }, (_, index) => {
  const extension = String(1101 + index);
  const name = NAMES[extension];
  const callerId = name === undefined ? `<${extension}>` : `"${name.replaceAll('"', '\\"')}" <${extension}>`;
  return { extension, password: `pw${extension}`, callerId };
});
