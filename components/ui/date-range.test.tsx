import { expect, it, vi } from "vitest";
import { click, press, show, the, until } from "@/tests/setup/screen";
import { DateRange } from "./date-range";
import type { DateSpan } from "./date-span";

// It is loaded by the click that opens it; here it is there before.
await import("./calendar");

const print = ({ from, to }: DateSpan) => `${from} to ${to}`;

async function open(onChange: (span: DateSpan) => void, value: DateSpan | null = null) {
  await show(
    <DateRange
      label="Dates"
      placeholder="Choose dates"
      value={value}
      onChange={onChange}
      earliest="2026-10-01"
      latest="2026-11-21"
      print={print}
    />,
  );
  await click(the("button", /^Dates/));
  await until(() => the("[role=grid]"));
}

const day = (date: string) => the<HTMLButtonElement>(`[data-day="${date}"] button`);
const apply = () => the<HTMLButtonElement>("button", "Apply");

it("takes the first and the last day, whichever is chosen first", async () => {
  const onChange = vi.fn();
  await open(onChange);
  expect(apply().disabled).toBe(true);
  await click(day("2026-11-12"));
  await click(day("2026-11-03"));
  await click(apply());
  expect(onChange.mock.calls).toEqual([[{ from: "2026-11-03", to: "2026-11-12" }]]);
});

it("is chosen by keys alone", async () => {
  const onChange = vi.fn();
  await open(onChange, { from: "2026-11-03", to: "2026-11-12" });
  await until(() => expect(document.activeElement).toBe(day("2026-11-03")));
  await press("ArrowRight");
  await press("ArrowDown");
  expect(document.activeElement).toBe(day("2026-11-11"));
  await press("Enter");
  await click(apply());
  expect(onChange).toHaveBeenCalledWith({ from: "2026-11-03", to: "2026-11-11" });
});

it("offers no day after the latest, and goes back no further than the earliest", async () => {
  await open(() => undefined);
  expect(day("2026-11-21").disabled).toBe(false);
  expect(day("2026-11-22").disabled).toBe(true);
  expect(the("button", /next month/i).getAttribute("aria-disabled")).toBe("true");
  await click(the("button", /previous month/i));
  expect(the("[role=grid]", "October 2026")).toBeTruthy();
  expect(the("button", /previous month/i).getAttribute("aria-disabled")).toBe("true");
});

it("leaves the range as it was when it is not applied", async () => {
  const onChange = vi.fn();
  await open(onChange, { from: "2026-11-03", to: "2026-11-12" });
  await click(day("2026-11-20"));
  await click(the("button", "Cancel"));
  expect(onChange).not.toHaveBeenCalled();
  expect(the("button", "Dates: 2026-11-03 to 2026-11-12")).toBeTruthy();
});
