import { describe, expect, it } from "vitest";
import { sampleFacts } from "@/components/gallery/sample";
import { show } from "@/tests/setup/screen";
import { Amount } from "./amount";
import { Quantity } from "./quantity";
import { Time } from "./time";

const number = () => document.querySelector("[title]") as HTMLElement;
const time = () => document.querySelector("time") as HTMLTimeElement;

async function amount(of: string, kind: "balance" | "record", signed = false, facts = sampleFacts) {
  show(<Amount of={of} kind={kind} signed={signed} />, facts);
  const shown = number();
  return [shown.textContent, shown.title];
}

describe("an amount", () => {
  it("is rounded for reading and exact in its tooltip", async () => {
    expect(await amount("53.129999999", "balance")).toEqual(["$53.12", "$53.129999999"]);
    expect(await amount("53.125", "record")).toEqual(["$53.13", "$53.125"]);
  });

  it("has a true minus below zero, and a plus only for a gain", async () => {
    expect(await amount("-1.234", "balance")).toEqual(["−$1.24", "−$1.234"]);
    expect(await amount("50", "record", true)).toEqual(["+$50.00", "$50.00"]);
    expect(await amount("-0.003", "record", true)).toEqual(["−$0.003", "−$0.003"]);
    expect(await amount("0", "balance", true)).toEqual(["$0.00", "$0.00"]);
  });

  it("has no fraction where the unit has none", async () => {
    const unit = {
      code: "credits",
      kind: "credits",
      scale: 0,
      symbol: "",
      singular: "credit",
      plural: "credits",
    } as const;
    const facts = { ...sampleFacts, unit };
    expect(await amount("12480", "balance", false, facts)).toEqual(["12,480 credits", "12,480 credits"]);
    expect(await amount("1", "record", false, facts)).toEqual(["1 credit", "1 credit"]);
    expect(await amount("0", "balance", false, facts)).toEqual(["0 credits", "0 credits"]);
  });

  /** What the clipboard gets when the text of the element is selected and copied; undefined is what the browser does. */
  function copied(element: Element | null): string | undefined {
    window.getSelection()?.selectAllChildren(element as Element);
    const event = new Event("copy", { bubbles: true, cancelable: true });
    let text: string | undefined;
    Object.assign(event, { clipboardData: { setData: (_: string, data: string) => (text = data) } });
    number().dispatchEvent(event);
    return event.defaultPrevented ? text : undefined;
  }

  it("is copied exact when it alone is selected", async () => {
    show(
      <p>
        Left: <Amount of="53.129999999" kind="balance" />
      </p>,
    );
    expect(copied(number())).toBe("53.129999999");
    expect(copied(number().parentElement)).toBeUndefined();
  });
});

describe("a time", () => {
  it("is in the organization's zone, which its full form names", async () => {
    const facts = { ...sampleFacts, now: new Date().toISOString() };
    show(<Time at="2025-07-01T22:05:11.000Z" precise />, facts);
    expect(time().textContent).toBe("2 Jul 2025 00:05");
    expect(time().title).toMatch(/^Wednesday 2 July 2025 at 00:05:11 CEST$/);
    expect(time().getAttribute("datetime")).toBe("2025-07-01T22:05:11.000Z");
    show(<Time at="2025-07-01T22:05:11.000Z" precise />, { ...facts, timeZone: "America/New_York" });
    expect(time().textContent).toBe("1 Jul 2025 18:05");
    expect(time().title).toContain("GMT-4");
  });
});

describe("a quantity", () => {
  it("has its unit, is short above a million and exact in its tooltip", async () => {
    show(<Quantity of="2319999" meter="input_token" />);
    expect([number().textContent, number().title]).toEqual(["2.32 M input tokens", "2,319,999 input tokens"]);
    show(<Quantity of={1} meter="request" />);
    expect(number().textContent).toBe("1 request");
  });
});
