import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { click, focus, press, show, type } from "@/tests/setup/screen";
import { Combobox } from "./combobox";
import { CopyButton } from "./copy-button";
import { Segments } from "./segments";

const MODELS = ["gpt-4o", "gpt-4o-mini", "claude-sonnet-4"].map((value) => ({ value, label: value }));

function Model({ onChange, first = null }: { onChange: (value: string | null) => void; first?: string | null }) {
  const [value, setValue] = useState<string | null>(first);
  const change = (next: string | null) => {
    setValue(next);
    onChange(next);
  };
  return <Combobox label="Model" options={MODELS} value={value} onChange={change} />;
}

describe("a combobox", () => {
  const options = () => screen.getAllByRole("option").map((option) => option.textContent);

  it("finds by a part of the name, and takes what the keys say", async () => {
    const onChange = vi.fn();
    show(<Model onChange={onChange} />);
    await type(screen.getByRole("combobox", { name: "Model" }), "4o");
    await waitFor(() => expect(options()).toEqual(["gpt-4o", "gpt-4o-mini"]));
    await press("ArrowDown");
    await press("ArrowDown");
    await press("Enter");
    expect(onChange.mock.calls).toEqual([["gpt-4o-mini"]]);
    expect(screen.getByRole<HTMLInputElement>("combobox", { name: "Model" }).value).toBe("gpt-4o-mini");
  });

  it("says when nothing fits, keeps what was chosen on Escape, and is emptied by its cross", async () => {
    const onChange = vi.fn();
    show(<Model onChange={onChange} first="gpt-4o" />);
    await type(screen.getByRole("combobox", { name: "Model" }), "llama");
    await waitFor(() => expect(document.body.textContent).toContain("No results"));
    await press("Escape");
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>("combobox", { name: "Model" }).value).toBe("gpt-4o"));
    await click(screen.getByRole("button", { name: "Clear Model" }));
    expect(onChange.mock.calls).toEqual([[null]]);
    expect(screen.getByRole("button", { name: "Show options of Model" })).toBeTruthy();
  });
});

describe("segments", () => {
  const PERIODS = ["hour", "day", "week"] as const;
  const draw = (onChange: (value: (typeof PERIODS)[number]) => void) =>
    show(
      <Segments<(typeof PERIODS)[number]>
        label="Interval"
        value="day"
        options={PERIODS.map((value) => ({ value, label: value }))}
        onChange={onChange}
      />,
    );

  it("are one stop for Tab, moved in by arrows, chosen by Enter", async () => {
    const onChange = vi.fn();
    await draw(onChange);
    expect(screen.getByRole("button", { name: "day" }).getAttribute("aria-pressed")).toBe("true");
    expect(document.querySelectorAll("[aria-label=Interval] [tabindex='0']")).toHaveLength(1);
    focus(screen.getByRole("button", { name: "day" }));
    await press("ArrowRight");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "week" }));
    await press("ArrowRight");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "hour" }));
    await press("Enter");
    expect(onChange.mock.calls).toEqual([["hour"]]);
  });

  it("always have one that is chosen", async () => {
    const onChange = vi.fn();
    await draw(onChange);
    await click(screen.getByRole("button", { name: "day" }));
    expect(onChange).not.toHaveBeenCalled();
  });
});

describe("a copy button", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("puts exactly the text on the clipboard, and says so", async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal("navigator", Object.assign(Object.create(navigator), { clipboard: { writeText } }));
    show(<CopyButton text="  org_01J9\n" what="organization ID" />);
    await click(screen.getByRole("button", { name: "Copy organization ID" }));
    expect(writeText.mock.calls).toEqual([["  org_01J9\\n"]]);
    expect(screen.getByRole("status").textContent).toBe("Copied");
  });
});
