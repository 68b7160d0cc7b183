/** Imported first, before anything reads the environment: without a key, payments are at the running server's local Stripe. */
import { findStandIn } from "@/server/payment-stand-in";

findStandIn();
