import { demoTests } from "./demo-tests";

demoTests("apertis");
