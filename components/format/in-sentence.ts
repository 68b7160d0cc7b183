/** A label of the catalogue inside a sentence: "Initial allowance" is "initial allowance", "AI credit" stays. */
export function inSentence(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}
