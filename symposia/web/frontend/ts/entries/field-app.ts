import { startField } from "../field/app";

void startField();
