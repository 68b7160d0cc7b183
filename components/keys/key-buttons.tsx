"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Reader } from "@/components/actions/action";
import type { KeyState } from "@/components/limits/key-state";
import { Button } from "@/components/ui/button";
import { PermissionNote } from "@/components/ui/permission-note";
import type { KeyDetail } from "@/lib/accounts/schema";
import { EditKey } from "./edit-key";
import { RevokeKey, RotateKey } from "./end-key";
import type { KeyActions } from "./key-actions";
import type { Person } from "./key-fields";
import { keyPowers } from "./key-powers";

type Props = {
  apiKey: KeyDetail;
  state: KeyState;
  reader: Reader;
  people: readonly Person[];
  url: string;
  actions: Omit<KeyActions, "create">;
};

/** The reader's actions for a key; a revoked key has none. */
export function KeyButtons({ apiKey, state, reader, people, url, actions }: Props) {
  const t = useTranslations("keys");
  const [open, setOpen] = useState<"edit" | "rotate" | "revoke" | null>(null);
  const dialog = (name: "edit" | "rotate" | "revoke") => ({
    open: open === name,
    onClose: () => setOpen(null),
    apiKey,
  });
  if (state === "revoked") return null;
  if (!keyPowers(reader, apiKey.owner?.id).change)
    return <PermissionNote className="max-w-72">{t("why.change")}</PermissionNote>;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button onClick={() => setOpen("edit")}>{t("edit.open")}</Button>
      <Button onClick={() => setOpen("rotate")}>{t("rotate.open")}</Button>
      <Button variant="danger" onClick={() => setOpen("revoke")}>
        {t("revoke.open")}
      </Button>
      <EditKey {...dialog("edit")} action={actions.update} reader={reader} people={people} />
      <RotateKey {...dialog("rotate")} rotate={actions.rotate} url={url} />
      <RevokeKey {...dialog("revoke")} revoke={actions.revoke} />
    </div>
  );
}
