"use server";
import { paths } from "@/lib/kernel/paths";
import { signOut } from "@/lib/platform/auth";

export async function signOutAction(): Promise<void> {
  await signOut({ redirectTo: paths.signIn });
}
