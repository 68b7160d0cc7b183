import { getTranslations } from "next-intl/server";
import { Skeleton } from "@/components/ui/skeleton";

const CARD = "rounded-card border border-line bg-card p-5";

/** The place of a page while it is made: its heading, and cards of about the final size. */
export async function PageSkeleton({ cards }: { cards: readonly string[] }) {
  const t = await getTranslations("shell");
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        {t("loading")}
      </p>
      <div className="mb-4 flex h-9 items-center">
        <Skeleton className="h-6 w-36" />
      </div>
      <div className="grid gap-4 lg:grid-cols-12">
        {cards.map((size, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the places never move.
          <div key={index} className={`${CARD} ${size}`}>
            <Skeleton className="h-5 w-32" />
            <Skeleton className="mt-4 h-[calc(100%-2.5rem)]" />
          </div>
        ))}
      </div>
    </div>
  );
}
