import { demoTests } from "./demo-tests";

demoTests("pleyor");
