import { startApp } from "../door/app";

void startApp();
