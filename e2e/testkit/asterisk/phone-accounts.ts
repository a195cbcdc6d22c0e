/** A SIP account of the real Asterisks. */
interface PhoneAccount {
  extension: string;
  password: string;
  callerId: string;
}

const NAMES: Record<string, string> = {
  '1101': 'Ada Okafor',
  '1102': 'Bruno Díaz',
  '1103': 'Chloé Martin',
  '1104': 'Alice Chen',
  '1105': 'Zoë "Zed" Young',
  '1106': "Sean O'Brien, Sales",
};

/** Every account's password is `pw` and its extension. */
export const phonePassword = (extension: string): string => `pw${extension}`;

/** The accounts 1101–1120; 1101–1106 have a name, the rest a bare number. */
export const PHONE_ACCOUNTS: readonly PhoneAccount[] = Array.from({ length: 20 }, (_, index) => {
  const extension = String(1101 + index);
  const name = NAMES[extension];
  const callerId = name === undefined ? `<${extension}>` : `"${name.replaceAll('"', '\\"')}" <${extension}>`;
  return { extension, password: phonePassword(extension), callerId };
});
