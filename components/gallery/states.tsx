"use client";
import { useState } from "react";
import { LevelBanner } from "@/components/level/level-banner";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Empty, LoadError, NoPermission, Offline } from "@/components/ui/notice";
import { Segments } from "@/components/ui/segments";
import { Skeleton } from "@/components/ui/skeleton";
import { raisedBalances } from "./sample";
import { Sample, Section } from "./section";

const LEVELS = ["low", "warning", "critical", "owed"] as const;

/** One at a time, as on a page: two of them would have the same name. */
function Banner() {
  const [shown, setShown] = useState<(typeof LEVELS)[number]>("low");
  const balance = raisedBalances[LEVELS.indexOf(shown)];
  return (
    <Sample name="The level's banner" className="block">
      <Segments<(typeof LEVELS)[number]>
        label="Level"
        value={shown}
        onChange={setShown}
        options={LEVELS.map((value) => ({ value, label: value }))}
      />
      <div className="mt-3">{balance ? <LevelBanner balance={balance} /> : null}</div>
    </Sample>
  );
}

export function StateSamples() {
  return (
    <Section title="States">
      <Banner />
      <Sample name="Alert" className="block">
        <Alert title="A payment is past due since 3 March" action={<Button>Pay the invoice</Button>}>
          <p>Renewal stops until it is paid.</p>
        </Alert>
      </Sample>
      <Sample name="Empty" className="block">
        <Empty action={<Button>Create a key</Button>}>No calls yet.</Empty>
      </Sample>
      <Sample name="LoadError" className="block">
        <LoadError what="The latest transactions" onRetry={() => undefined} />
      </Sample>
      <Sample name="NoPermission" className="block">
        <NoPermission what="the team" who="Owners and admins" />
      </Sample>
      <Sample name="Offline" className="block">
        <Offline />
      </Sample>
      <Sample name="Skeleton" className="grid gap-2">
        <Skeleton className="h-5 w-32" />
        <Skeleton className="h-10 w-56" />
        <Skeleton className="h-24 w-full" />
      </Sample>
    </Section>
  );
}
