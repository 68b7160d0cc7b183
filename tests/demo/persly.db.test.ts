import { demoTests } from "./demo-tests";

demoTests("persly");
