# Untested: no container engine was at hand where this was written. It follows what `npm start` does, step by step.
# docker build -t tollgate . && docker run -p 3000:3000 -e DATABASE_URL=… -e AUTH_SECRET=… tollgate
FROM node:22-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node node_modules/prisma/build/index.js generate && NODE_ENV=production node node_modules/next/dist/bin/next build

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 CHECKPOINT_DISABLE=1 HOST=0.0.0.0 PORT=3000 ROLE=all DEMO=0
COPY --from=build --chown=node:node /app /app
USER node
EXPOSE 3000
# Before its first start a database is given a catalogue: npm run catalogue -- apply NAME. Migrations need the database's
# owner; run them apart (scripts/migrate.mjs) where the server has a lesser role.
HEALTHCHECK CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((r) => process.exit(r.ok ? 0 : 1))"]
CMD ["sh", "-c", "node scripts/migrate.mjs && exec node --import tsx --import ./server/register.mjs server/main.ts"]
