"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type Action, refusalOf } from "@/components/actions/action";
import { toast } from "@/components/ui/toast";
import { Time } from "@/components/values/time";
import type { Places as PlacesOf } from "@/lib/accounts/schema";
import { EndingCard } from "./ending-card";

type Props = {
  places: PlacesOf;
  /** Null if the viewer may not free a place. */
  free: Action | null;
};

/** Agents or workspaces that have a place of those that the plan allows. */
export function Places({ places: { tag, most, values }, free }: Props) {
  const t = useTranslations("team.places");
  const router = useRouter();
  if (most === null || values.length === 0) return null;
  const end = async (value: string) => {
    const answer = await free?.({ tag, value });
    if (!answer || answer.refusal) return answer && refusalOf(answer);
    router.refresh();
    toast(t("done", { value }), "success");
    return undefined;
  };
  return (
    <EndingCard
      title={t(`title.${tag}`)}
      intro={t(`count.${tag}`, { count: values.length, most })}
      items={values}
      rowOf={({ value, since }) => ({
        key: value,
        name: value,
        details: (
          <>
            {t("since")} <Time at={since} />
          </>
        ),
        endLabel: t("freeOf", { value }),
      })}
      button={t("free")}
      questionOf={(place) => ({
        title: t("question", { value: place?.value ?? "" }),
        text: t("what", { value: place?.value ?? "" }),
      })}
      onEnd={free && (({ value }) => end(value))}
    />
  );
}
