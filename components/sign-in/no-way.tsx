import { useTranslations } from "next-intl";

/** Nobody can sign in: said to whoever runs this, and to whoever came. */
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
