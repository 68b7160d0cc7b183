/** The zone's wall clock at an instant, as if it were UTC. */
function wallClock(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    dateStyle: "short",
    timeStyle: "medium",
  }).format(at);
  return Date.parse(`${parts.replace(", ", "T")}Z`);
}

/** The instant at which a date of the zone's calendar begins. */
export function dayStart(date: string, timeZone: string): Date {
  const wall = Date.parse(`${date}T00:00:00Z`);
  const first = wall - (wallClock(wall, timeZone) - wall);
  // The zone's distance may have changed between the two instants: once more, with the one that holds there.
  return new Date(wall - (wallClock(first, timeZone) - first));
}
