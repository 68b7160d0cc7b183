"use client";
import { KeyRound } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Reader } from "@/components/actions/action";
import { useNow } from "@/components/context/use-now";
import { usePaths } from "@/components/context/use-paths";
import { useRead } from "@/components/data/use-read";
import { PageHeader } from "@/components/layout/page-header";
import { keyState } from "@/components/limits/key-state";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Empty } from "@/components/ui/notice";
import { PermissionNote } from "@/components/ui/permission-note";
import type { KeyList } from "@/lib/accounts/schema";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { CreateKey } from "./create-key";
import type { KeyActions } from "./key-actions";
import type { Person } from "./key-fields";
import { keyPowers } from "./key-powers";
import { KeyTable } from "./key-table";

type Props = {
  initial: KeyList;
  /** How many working keys the plan allows; null is any number. */
  most: number | null;
  reader: Reader;
  people: readonly Person[];
  url: string;
  create: KeyActions["create"];
};

function Full({ most }: { most: number }) {
  const paths = usePaths();
  const t = useTranslations("keys");
  return (
    <p className="mb-4 rounded-control bg-low-soft px-3 py-2 text-low text-sm">
      {t.rich("full", {
        most,
        billing: (words) => (
          <Link href={paths.billing as Route} className="underline underline-offset-4">
            {words}
          </Link>
        ),
      })}
    </p>
  );
}

/** Working keys with their limits, apart from them those that have ended, and the way to a new one. */
export function Keys({ initial, most, reader, people, url, create }: Props) {
  const t = useTranslations("keys");
  const now = useNow();
  const { data } = useRead(endpoints.keys, {}, { initial });
  const [creating, setCreating] = useState(false);
  const working = data.data.filter((key) => keyState(key, now) === "working");
  const ended = data.data.filter((key) => keyState(key, now) !== "working");
  const { make } = keyPowers(reader);
  const full = most !== null && working.length >= most;
  const button = (
    <Button variant="primary" disabled={full} onClick={() => setCreating(true)}>
      <KeyRound aria-hidden="true" />
      {t("create.open")}
    </Button>
  );
  const count = most === null ? t("count", { count: working.length }) : t("countOf", { count: working.length, most });
  return (
    <>
      <PageHeader
        title={t("title")}
        description={working.length === 0 && most === null ? t("description") : `${count}. ${t("description")}`}
        actions={make ? button : <PermissionNote>{t("why.make")}</PermissionNote>}
      />
      {full && make ? <Full most={most} /> : null}
      <div className="grid gap-4">
        {data.data.length === 0 ? (
          <Card>
            <Empty>{t(make ? "empty" : "emptyViewer")}</Empty>
          </Card>
        ) : (
          <KeyTable title={t("working")} keys={working} />
        )}
        {ended.length > 0 ? <KeyTable title={t("endedTitle")} keys={ended} ended /> : null}
      </div>
      <CreateKey
        open={creating}
        onClose={() => setCreating(false)}
        create={create}
        reader={reader}
        people={people}
        url={url}
      />
    </>
  );
}
