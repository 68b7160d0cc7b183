import { z } from "zod";
import { nameField } from "@/lib/kernel/name";

export const createGatewaySecretSchema = z.strictObject({ name: nameField });
