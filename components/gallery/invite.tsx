"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Form, type FormRefusal } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { inviteSchema } from "./sample";
import { Sample, Section } from "./section";

const TAKEN = "ada@example.com";
const ANSWER_MS = 1_200;

const answered = () => new Promise<void>((resolve) => setTimeout(resolve, ANSWER_MS));

/** A form with every kind of field. It answers as a slow server would, and refuses one address. */
export function FormSamples() {
  const [sent, setSent] = useState<string | null>(null);
  const send = async ({ email }: { email: string }): Promise<FormRefusal | undefined> => {
    await answered();
    if (email === TAKEN) return { errors: { email: "This person is a member already." } };
    setSent(email);
    toast(`Invited ${email}`, "success");
  };
  return (
    <Section title="Form">
      <Sample name={`Fill nothing in to be refused here, ${TAKEN} to be refused by the server`} className="block">
        <Form
          schema={inviteSchema}
          onSubmit={send}
          submit="Invite"
          note="They get a mail. Nothing is charged."
          actions={<Button variant="ghost">Cancel</Button>}
          className="max-w-sm"
        >
          <Field name="name" label="Name" hint="As the others will see it.">
            <Input />
          </Field>
          <Field name="email" label="Email address">
            <Input type="email" />
          </Field>
          <Field name="role" label="Role">
            <Select defaultValue="viewer">
              <option value="viewer">Viewer</option>
              <option value="developer">Developer</option>
              <option value="admin">Admin</option>
            </Select>
          </Field>
          <Field name="limit" label="Monthly limit in dollars" hint="Left empty, there is none.">
            <Input inputMode="decimal" />
          </Field>
          <Field name="agreed" label="Confirmation">
            <Checkbox name="agreed">They know what the limit does</Checkbox>
          </Field>
        </Form>
        <p className="mt-3 text-muted text-sm">{sent ? `Last sent to ${sent}.` : "Nothing sent yet."}</p>
      </Sample>
    </Section>
  );
}
