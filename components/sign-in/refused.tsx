import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";

/** Why the last try did not sign in. */
export function Refused({ expired }: { expired: boolean }) {
  const t = useTranslations("signIn.errors");
  return (
    <p role="alert" className="flex items-start gap-3 rounded-control bg-critical-soft px-3 py-2 text-critical text-sm">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>{t(expired ? "expired" : "refused")}</span>
    </p>
  );
}
