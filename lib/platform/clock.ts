/** The process's clock. Domains are given the time; only the edges ask for it here. */
export function now(): Date {
  return new Date();
}
