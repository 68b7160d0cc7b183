const SHOWN = 1;

/** An address of which whoever it belongs to knows it again: `d···@example.com`. */
export function masked(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, Math.min(SHOWN, at))}···${email.slice(at)}`;
}
