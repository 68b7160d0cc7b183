"use server";
import { redirect } from "next/navigation";
import { signOutHere } from "@/lib/adapters/portal/visit";
import { paths } from "@/lib/kernel/paths";

export async function signOutAction(): Promise<void> {
  await signOutHere();
  redirect(paths.signIn);
}
