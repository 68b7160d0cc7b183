import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { connection } from "next/server";
import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { CSSProperties, ReactNode } from "react";
import { Theme } from "@/components/layout/theme";
import { NONCE_HEADER } from "@/lib/adapters/http/security-headers";
import { publicAddress } from "@/lib/adapters/portal/address";
import { pageIcons } from "@/lib/adapters/portal/icons";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  await connection();
  const { operator } = await loadedCatalogue();
  const { icon, apple, picture } = pageIcons(operator.logo);
  const address = publicAddress(await headers());
  return {
    // A caller may name any host, also one that is no address.
    ...(URL.canParse(address) && { metadataBase: new URL(address) }),
    title: { default: operator.name, template: `%s · ${operator.name}` },
    applicationName: operator.name,
    robots: { index: false, follow: false },
    icons: { icon, ...(apple && { apple }) },
    openGraph: { title: operator.name, siteName: operator.name, type: "website", images: [picture] },
  };
}

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  const { operator } = await loadedCatalogue();
  const accent = operator.accent ? ({ "--accent-source": operator.accent } as CSSProperties) : undefined;
  return (
    // The chosen theme is set on this element before React sees it.
    <html
      lang={await getLocale()}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      style={accent}
      suppressHydrationWarning
    >
      <body>
        <Theme nonce={(await headers()).get(NONCE_HEADER) ?? ""}>
          <NextIntlClientProvider>{children}</NextIntlClientProvider>
        </Theme>
      </body>
    </html>
  );
}
