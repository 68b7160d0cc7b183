import { demoTests } from "./demo-tests";

demoTests("humalike");
