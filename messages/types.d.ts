import type { english } from "./english";

declare module "next-intl" {
  interface AppConfig {
    Locale: "en";
    Messages: typeof english;
  }
}
