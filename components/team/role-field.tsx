"use client";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type GivenRole, givenRole } from "@/lib/accounts/schema";

/** A role that can be given, and its permissions. */
export function RoleField({ value, onChange }: { value: GivenRole; onChange: (role: GivenRole) => void }) {
  const t = useTranslations("team");
  return (
    <Field name="role" label={t("role")} hint={t(`mayDo.${value}`)}>
      <Select
        value={value}
        onChange={(event) => {
          const role = givenRole.safeParse(event.target.value);
          if (role.success) onChange(role.data);
        }}
      >
        {givenRole.options.map((role) => (
          <option key={role} value={role}>
            {t(`roles.${role}`)}
          </option>
        ))}
      </Select>
    </Field>
  );
}
