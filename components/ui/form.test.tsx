import { screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { z } from "zod";
import { click, describedBy, show, type } from "@/tests/setup/screen";
import { Checkbox } from "./checkbox";
import { Field } from "./field";
import { Form, type FormRefusal } from "./form";
import { Input } from "./input";
import { Select } from "./select";

const schema = z.strictObject({
  name: z.string().max(5),
  email: z.email(),
  role: z.enum(["viewer", "admin"]),
  agreed: z.literal("on", { error: "Say so." }),
});
type Sent = z.output<typeof schema>;

const draw = (onSubmit: (values: Sent) => Promise<FormRefusal | undefined>) =>
  show(
    <Form schema={schema} onSubmit={onSubmit} submit="Invite" note="They get a mail.">
      <Field name="name" label="Name" hint="As the others see it.">
        <Input />
      </Field>
      <Field name="email" label="E-mail">
        <Input type="email" />
      </Field>
      <Field name="role" label="Role">
        <Select defaultValue="viewer">
          <option value="viewer">Viewer</option>
          <option value="admin">Admin</option>
        </Select>
      </Field>
      <Field name="agreed" label="Confirmation">
        <Checkbox name="agreed">Yes</Checkbox>
      </Field>
    </Form>,
  );

const name = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Name" });
const email = () => screen.getByRole<HTMLInputElement>("textbox", { name: "E-mail" });
const submit = () => click(screen.getByRole("button", { name: /Invite/ }));

async function fill() {
  await type(name(), "Ada");
  await type(email(), "ada@example.com");
  await click(screen.getByRole("checkbox"));
}

it("a form says at each field what is wrong with it, in its own words, and goes to the first", async () => {
  const send = vi.fn(async () => undefined);
  await draw(send);
  await type(name(), "Ada Lovelace");
  await type(email(), "nobody");
  await submit();
  expect(describedBy(name())).toBe("As the others see it. Use at most 5 characters.");
  expect(describedBy(email())).toBe("Enter an email address, such as name@example.com.");
  expect(name().getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("checkbox").closest("[data-slot=field]")?.textContent).toContain("Say so.");
  expect(screen.getByRole("combobox", { name: "Role" }).getAttribute("aria-invalid")).toBeNull();
  expect(document.activeElement).toBe(name());
  expect(send).not.toHaveBeenCalled();
});

it("a form removes the error when the field is changed", async () => {
  await draw(async () => undefined);
  await submit();
  expect(describedBy(name())).toContain("Enter a value.");
  await type(name(), "Ada");
  expect(describedBy(name())).toBe("As the others see it.");
  expect(describedBy(email())).toContain("Enter a value.");
});

it("a form sends what the schema made of the fields, once, and says that it sends", async () => {
  let answer = () => {};
  const send = vi.fn((_: Sent) => new Promise<undefined>((resolve) => (answer = () => resolve(undefined))));
  await draw(send);
  await fill();
  await submit();
  await submit();
  expect(send.mock.calls).toEqual([[{ name: "Ada", email: "ada@example.com", role: "viewer", agreed: "on" }]]);
  const button = screen.getByRole("button", { name: "Invite" });
  expect(button.getAttribute("aria-busy")).toBe("true");
  expect(document.activeElement).toBe(button);
  answer();
  await waitFor(() => expect(button.getAttribute("aria-busy")).toBeNull());
});

it("a form keeps what was typed when the server refuses, and sends it again as it is", async () => {
  const refusals: (FormRefusal | undefined)[] = [{ errors: { email: "This person is a member." } }, undefined];
  const send = vi.fn(async (_: Sent) => refusals.shift());
  await draw(send);
  await fill();
  await submit();
  await waitFor(() => expect(describedBy(email())).toBe("This person is a member."));
  expect(document.activeElement).toBe(email());
  expect([name().value, email().value]).toEqual(["Ada", "ada@example.com"]);
  await submit();
  await waitFor(() => expect(describedBy(email())).toBe(""));
  expect(send).toHaveBeenCalledTimes(2);
});

it("a form says when nothing came of it", async () => {
  const send = vi.fn(async (): Promise<FormRefusal | undefined> => {
    throw new Error("offline");
  });
  await draw(send);
  await fill();
  await submit();
  await waitFor(() =>
    expect(screen.getByRole("alert").textContent).toBe("This could not be sent. Nothing was changed. Try again."),
  );
  expect(name().value).toBe("Ada");
  expect(document.querySelector("[aria-invalid=true]")).toBeNull();
});
