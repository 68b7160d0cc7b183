-- A mail that is refused is tried again later, and given up after a day.
ALTER TABLE "mail" ADD COLUMN "due_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "given_up_at" TIMESTAMPTZ(6);

-- What waits is looked for twice a second. Prisma's schema cannot say a partial index.
CREATE INDEX mail_waiting ON mail (due_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
