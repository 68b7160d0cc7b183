import Link from "next/link";
import { paths } from "@/lib/kernel/paths";

export default function NotFound() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md place-content-center gap-3 p-6">
      <h1 className="font-semibold text-xl">There is no such page</h1>
      <p className="text-muted">The address is wrong, or what was here has moved.</p>
      <Link href={paths.overview} className="font-medium text-accent underline underline-offset-4">
        Go to the overview
      </Link>
    </main>
  );
}
