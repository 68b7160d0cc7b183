"use client";
import { useTheme } from "next-themes";
import { useState } from "react";
import { FactsProvider } from "@/components/context/facts";
import { PageHeader } from "@/components/layout/page-header";
import { cn } from "@/components/ui/class-names";
import { Segments } from "@/components/ui/segments";
import { Toasts } from "@/components/ui/toasts";
import { ButtonSamples } from "./buttons";
import { TokenSamples } from "./colors";
import { FieldSamples } from "./fields";
import { FloatingSamples } from "./floating";
import { FormSamples } from "./invite";
import { NumberSamples } from "./numbers";
import { sampleFacts } from "./sample";
import { StateSamples } from "./states";
import { TableSamples } from "./tables";

const VIEWS = ["system", "light", "dark", "both"] as const;
type View = (typeof VIEWS)[number];
const WORDS: Record<View, string> = { system: "System", light: "Light", dark: "Dark", both: "Side by side" };

function Samples({ className }: { className?: string }) {
  return (
    <div className={cn("grid min-w-0 content-start gap-4", className)}>
      <TokenSamples />
      <ButtonSamples />
      <FieldSamples />
      <FormSamples />
      <FloatingSamples />
      <NumberSamples />
      <TableSamples />
      <StateSamples />
    </div>
  );
}

/** Every token has a value for both themes, so a part of the page may be in the other one. */
function BothThemes() {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {(["light", "dark"] as const).map((theme) => (
        <div key={theme} style={{ colorScheme: theme }} className="min-w-0 rounded-card bg-page p-4 text-text">
          <Samples />
        </div>
      ))}
    </div>
  );
}

/**
 * Every primitive and shared component in every state, for who writes the portal. Its words are samples of what pages
 * hand over, so they are here and not in the message files.
 */
export function Gallery() {
  const { setTheme } = useTheme();
  const [view, setView] = useState<View>("system");
  const show = (next: View) => {
    setView(next);
    if (next !== "both") setTheme(next);
  };
  return (
    <FactsProvider facts={sampleFacts}>
      <main className="mx-auto max-w-[1264px] px-4 py-6 sm:px-8">
        <PageHeader
          title="Gallery"
          description="Every part of the portal's pages, in every state."
          actions={
            <Segments<View>
              label="Theme"
              value={view}
              onChange={show}
              options={VIEWS.map((value) => ({ value, label: WORDS[value] }))}
            />
          }
        />
        {view === "both" ? <BothThemes /> : <Samples />}
      </main>
      <Toasts />
    </FactsProvider>
  );
}
