import { useTranslations } from "next-intl";

/** Sign-in is not set up. It tells the operator and the visitor. */
export function NoWay({ support }: { support: string }) {
  const t = useTranslations("signIn");
  return (
    <div className="grid gap-2">
      <p role="alert" className="font-medium">
        {t("none")}
      </p>
      <p className="text-muted text-sm">
        {t("noneOperator")}{" "}
        <a href={`mailto:${support}`} className="text-text underline underline-offset-4">
          {support}
        </a>
        .
      </p>
    </div>
  );
}
