/** Whether nothing of a text can be seen: it is empty, or has spaces, control characters and characters without a picture alone. */
export function isBlank(text: string): boolean {
  return /^[\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text);
}
