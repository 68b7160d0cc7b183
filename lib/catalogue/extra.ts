/** Which lines of a price come on top of another line of the same call. */
import type { Component, Price } from "./compiled";
import { totalsMeet } from "./conditions";

type Conditions = Pick<Component, "conditions" | "total" | "period">;

/** Whether one call can meet the conditions of both. */
function meet(one: Conditions, other: Conditions): boolean {
  for (const [name, value] of one.conditions) {
    if (other.conditions.some(([otherName, otherValue]) => otherName === name && otherValue !== value)) return false;
  }
  if (one.period !== undefined && other.period !== undefined && one.period !== other.period) return false;
  return totalsMeet(one.total?.shown, other.total?.shown);
}

const isSwitched = ({ conditions }: Conditions) => conditions.some(([, value]) => value === true);

/**
 * A line is extra when a call that has it has another one, too: it counts what a priced request carries, or it is a
 * second line of its meter. Of two lines of one meter the switched-on one is extra, else the later.
 */
export function isExtra({ components }: Pick<Price, "components">, component: Component): boolean {
  const { meter } = component;
  if (meter !== "request" && components.some((one) => one.meter === "request" && !isSwitched(one))) return true;
  return components.some((other, place) => {
    if (other === component || other.meter !== meter || !meet(component, other)) return false;
    if (isSwitched(other) !== isSwitched(component)) return isSwitched(component);
    return place < components.indexOf(component);
  });
}
