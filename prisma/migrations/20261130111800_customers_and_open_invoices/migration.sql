-- What the payment provider was last told of a customer, and where an open invoice is paid.
ALTER TABLE "payment_customer" ADD COLUMN "name" TEXT,
  ADD COLUMN "email" TEXT;
ALTER TABLE "invoice" ADD COLUMN "pay_url" TEXT;
