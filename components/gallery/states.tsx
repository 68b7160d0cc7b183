"use client";
import { LevelBanner } from "@/components/level-banner";
import { Button } from "@/components/ui/button";
import { Empty, LoadError, NoPermission, Offline } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { raisedBalances } from "./sample";
import { Sample, Section } from "./section";

export function StateSamples() {
  return (
    <Section title="States">
      <Sample name="The level's banner: low, warning, critical, owed" className="block">
        {raisedBalances.map((balance) => (
          <LevelBanner key={`${balance.level} ${balance.debt}`} balance={balance} />
        ))}
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
