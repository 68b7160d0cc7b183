import createNextIntlPlugin from "next-intl/plugin";

/** @type {import("next").NextConfig} */
const config = {
  typedRoutes: true,
  agentRules: false,
  poweredByHeader: false,
  // A lock file in a parent folder would otherwise move the root.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  // The optimizer had an unauthenticated remote code execution before 16.4.1, and nothing here needs it.
  images: { unoptimized: true },
  // `npm run verify` checks the types of the whole tree; a start from a clone need not do it a second time.
  typescript: { ignoreBuildErrors: true },
  // These hold sockets, threads or files of their own, so they stay outside the bundle.
  serverExternalPackages: ["pg", "pino", "graphile-worker", "prom-client", "@prisma/adapter-pg", "pdfkit", "fontkit"],
};

// Texts are compiled when the portal is built, so that neither the browser nor the server parses them: 9 kB less for
// every page.
const withTexts = createNextIntlPlugin({
  requestConfig: "./messages/request.ts",
  experimental: { messages: { format: "json", path: "./messages/en", locales: "infer", precompile: true } },
});

export default withTexts(config);
