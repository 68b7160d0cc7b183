import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { loadedCatalogue } from "@/lib/adapters/portal/session";
import { demoUser } from "@/lib/platform/auth";
import { signInDemo } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title") };
}

type Query = { callbackUrl?: string | string[]; error?: string | string[] };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { callbackUrl, error } = await searchParams;
  const { operator } = await loadedCatalogue();
  const demo = await demoUser();
  const t = await getTranslations("signIn");
  return (
    <main className="grid min-h-dvh place-content-center p-4">
      <Card className="grid w-[min(22rem,calc(100vw-2rem))] gap-5 p-6">
        <div className="grid gap-1">
          {operator.logo ? (
            // biome-ignore lint/performance/noImgElement: the optimizer is off, and a logo is one small file.
            <img src={operator.logo} alt="" className="mb-3 size-9 rounded-[9px] object-contain" />
          ) : (
            <span
              aria-hidden="true"
              className="mb-3 grid size-9 place-content-center rounded-[9px] bg-accent font-semibold text-lg text-on-accent"
            >
              {operator.name.slice(0, 1)}
            </span>
          )}
          <h1 className="font-semibold text-xl">{t("heading", { operator: operator.name })}</h1>
          <p className="text-muted">{t("what")}</p>
        </div>
        {error ? (
          <p role="alert" className="rounded-control bg-critical-soft px-3 py-2 text-critical text-sm">
            {t("refused")}
          </p>
        ) : null}
        {demo ? (
          <form action={signInDemo} className="grid gap-3">
            <input type="hidden" name="callbackUrl" value={typeof callbackUrl === "string" ? callbackUrl : "/"} />
            <Button type="submit" variant="primary" className="w-full">
              {t("demo")}
            </Button>
            <p className="text-center text-muted text-sm">{demo.email}</p>
          </form>
        ) : (
          <p className="text-muted text-sm">
            {t("none")}{" "}
            <a href={`mailto:${operator.support}`} className="text-text underline underline-offset-4">
              {operator.support}
            </a>
            .
          </p>
        )}
      </Card>
    </main>
  );
}
