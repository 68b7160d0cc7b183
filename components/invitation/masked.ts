const SHOWN = 1;

/** An address that only its owner recognizes: `d···@example.com`. */
export function masked(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, Math.min(SHOWN, at))}···${email.slice(at)}`;
}
