import { demoTests } from "./demo-tests";

demoTests("token-packs");
