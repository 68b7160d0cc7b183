import { screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { click, press, show } from "@/tests/setup/screen";
import { DateRange } from "./date-range";
import type { DateSpan } from "./date-span";

// It is loaded by the click that opens it; here it is there before.
await import("./calendar");

const print = ({ from, to }: DateSpan) => `${from} to ${to}`;

async function open(onChange: (span: DateSpan) => void, value: DateSpan | null = null) {
  show(
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
  await click(screen.getByRole("button", { name: /^Dates/ }));
  await screen.findByRole("grid");
}

const day = (date: string) => document.querySelector(`[data-day="${date}"] button`) as HTMLButtonElement;
const apply = () => screen.getByRole<HTMLButtonElement>("button", { name: "Apply" });

it("a date range takes the first and the last day, whichever is chosen first", async () => {
  const onChange = vi.fn();
  await open(onChange);
  expect(apply().disabled).toBe(true);
  await click(day("2026-11-12"));
  await click(day("2026-11-03"));
  await click(apply());
  expect(onChange.mock.calls).toEqual([[{ from: "2026-11-03", to: "2026-11-12" }]]);
});

it("a date range is chosen by keys alone", async () => {
  const onChange = vi.fn();
  await open(onChange, { from: "2026-11-03", to: "2026-11-12" });
  await waitFor(() => expect(document.activeElement).toBe(day("2026-11-03")));
  await press("ArrowRight");
  await press("ArrowDown");
  expect(document.activeElement).toBe(day("2026-11-11"));
  await press("Enter");
  await click(apply());
  expect(onChange).toHaveBeenCalledWith({ from: "2026-11-03", to: "2026-11-11" });
});

it("a date range offers no day after the latest, and goes back no further than the earliest", async () => {
  await open(() => undefined);
  expect(day("2026-11-21").disabled).toBe(false);
  expect(day("2026-11-22").disabled).toBe(true);
  expect(screen.getByRole("button", { name: /next month/i }).getAttribute("aria-disabled")).toBe("true");
  await click(screen.getByRole("button", { name: /previous month/i }));
  expect(screen.getByRole("grid", { name: "October 2026" })).toBeTruthy();
  expect(screen.getByRole("button", { name: /previous month/i }).getAttribute("aria-disabled")).toBe("true");
});

it("a date range stays as it was when it is not applied", async () => {
  const onChange = vi.fn();
  await open(onChange, { from: "2026-11-03", to: "2026-11-12" });
  await click(day("2026-11-20"));
  await click(screen.getByRole("button", { name: "Cancel" }));
  expect(onChange).not.toHaveBeenCalled();
  expect(screen.getByRole("button", { name: "Dates: 2026-11-03 to 2026-11-12" })).toBeTruthy();
});
