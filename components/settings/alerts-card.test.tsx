import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Action } from "@/components/actions/action";
import { click, show, type } from "@/tests/setup/screen";
import { AlertsCard } from "./alerts-card";

vi.mock("next/navigation", () => ({ useRouter: () => ({ refresh: () => undefined }) }));

const accepted = () => vi.fn<Action>(async () => ({ value: undefined }));
const refused = () => vi.fn<Action>(async () => ({ refusal: { code: "internal", problem: "This did not work." } }));
const owner = { userId: "u", role: "owner" } as const;
const viewer = { userId: "u", role: "viewer" } as const;
const alerts = { levels: true, threshold: null, own: true };
const mine = () => screen.getByRole("switch", { name: "Send these mails to me" });

describe("the card of low balance alerts", () => {
  it("sends the switch of the levels and the threshold as they stand", async () => {
    const set = accepted();
    show(<AlertsCard alerts={alerts} reader={owner} set={set} setOwn={accepted()} />);
    await type(screen.getByRole("textbox", { name: "Also mail below" }), "25.50");
    await click(screen.getByRole("button", { name: "Save alerts" }));
    await waitFor(() => expect(set).toHaveBeenLastCalledWith({ levels: "on", threshold: "25.50" }));
    await click(screen.getByRole("checkbox", { name: /low, warning and critical/ }));
    await click(screen.getByRole("button", { name: "Save alerts" }));
    await waitFor(() => expect(set).toHaveBeenLastCalledWith({ threshold: "25.50" }));
  });

  it("says at the field that a threshold is no amount, and sends nothing", async () => {
    const set = accepted();
    show(<AlertsCard alerts={alerts} reader={owner} set={set} setOwn={accepted()} />);
    await type(screen.getByRole("textbox", { name: "Also mail below" }), "much");
    await click(screen.getByRole("button", { name: "Save alerts" }));
    await waitFor(() => expect(document.body.textContent).toContain("Write an amount such as 20 or 20.50."));
    expect(set).not.toHaveBeenCalled();
  });

  it("switches the reader's own mails at once, and back when the server refuses", async () => {
    const setOwn = accepted();
    show(<AlertsCard alerts={alerts} reader={owner} set={accepted()} setOwn={setOwn} />);
    await click(mine());
    await waitFor(() => expect(setOwn).toHaveBeenCalledWith({}));
    expect(mine().getAttribute("aria-checked")).toBe("false");
    const refuse = refused();
    show(<AlertsCard alerts={alerts} reader={owner} set={accepted()} setOwn={refuse} />);
    await click(mine());
    await waitFor(() => expect(refuse).toHaveBeenCalledWith({ mails: "on" }));
    await waitFor(() => expect(mine().getAttribute("aria-checked")).toBe("false"));
  });

  it("shows the rule to those who may not change it, without a switch for mails that they do not get", () => {
    const rule = { levels: false, threshold: "25.5", own: null };
    show(<AlertsCard alerts={rule} reader={viewer} set={accepted()} setOwn={accepted()} />);
    expect(document.body.textContent).toContain("$25.50");
    expect(document.body.textContent).toContain("Owners and admins can change these alerts.");
    expect(screen.queryByRole("switch")).toBeNull();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
