import type { Metadata } from "next";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { loadedCatalogue } from "@/lib/adapters/portal/session";
import { demoUser } from "@/lib/platform/auth";
import { signInDemo } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Query = { callbackUrl?: string | string[]; error?: string | string[] };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { callbackUrl, error } = await searchParams;
  const { operator } = await loadedCatalogue();
  const demo = await demoUser();
  return (
    <main className="grid min-h-dvh place-content-center p-4">
      <Card className="grid w-[min(22rem,calc(100vw-2rem))] gap-5 p-6">
        <div className="grid gap-1">
          <h1 className="font-semibold text-xl">Sign in to {operator.name}</h1>
          <p className="text-muted">Balance, usage and API keys of your organization.</p>
        </div>
        {error ? (
          <p role="alert" className="rounded-control bg-critical-soft px-3 py-2 text-critical text-sm">
            The sign-in was refused. Nothing was changed; try again.
          </p>
        ) : null}
        {demo ? (
          <form action={signInDemo} className="grid gap-3">
            <input type="hidden" name="callbackUrl" value={typeof callbackUrl === "string" ? callbackUrl : "/"} />
            <Button type="submit" variant="primary" className="w-full">
              Continue as the demo user
            </Button>
            <p className="text-center text-muted text-sm">{demo.email}</p>
          </form>
        ) : (
          <p className="text-muted text-sm">
            No way to sign in is set up here. Ask{" "}
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
